# The portal's gunicorn: gunicorn --config gunicorn.conf.py portal:application
bind = "unix:/run/portal/portal.sock"
umask = 0o007                  # the socket's group may connect: put octroi's user into it
worker_class = "gthread"       # the default worker, `sync`, closes after each response
threads = 4
keepalive = 75                 # seconds; more than octroi's `upstream_idle` (55 s), so that octroi closes first
forwarded_allow_ips = "*"      # only octroi reaches the socket: believe its X-Forwarded-Proto
