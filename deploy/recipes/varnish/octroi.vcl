# Varnish before octroi, as a cache that visitors share.
vcl 4.1;

backend octroi {
    .host = "127.0.0.1";
    .port = "8080";
    .connect_timeout = 5s;
    .first_byte_timeout = 310s;         # octroi waits 300 s for the portal
    .between_bytes_timeout = 65s;       # and 60 s for the next byte
}

sub vcl_recv {
    unset req.http.Forwarded;           # a visitor's own
    unset req.http.X-Forwarded-Proto;
    if (req.http.Upgrade) {
        return (pipe);
    }
    # What is the same for everybody, and needs no cookie. All else keeps its cookies, and so is never kept here.
    if (req.url ~ "^/(assets|static)/") {
        unset req.http.Cookie;
    }
}

sub vcl_pipe {
    if (req.http.Upgrade) {
        set bereq.http.Upgrade = req.http.Upgrade;
        set bereq.http.Connection = req.http.Connection;
    }
}
