{{- /* What a portal's own chart includes. Each takes the chart's root context: `include "octroi-sidecar.container" .` */ -}}

{{- /* A ConfigMap with octroi.toml and the charter; octroi takes a change up without a restart. */ -}}
{{- define "octroi-sidecar.configMap" -}}
{{- $values := index .Values "octroi-sidecar" -}}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-octroi
data:
  octroi.toml: |
    [[listener]]
    address = "[::]:8080"
    trusted = {{ $values.trusted | toJson }}

    [[site]]
    hosts = ["*"]
    charter = "charter.toml"
    enforcement = {{ $values.enforcement | quote }}
    [site.upstream]
    endpoints = ["http://127.0.0.1:{{ $values.portalPort }}"]

    [timeouts]
    drain_delay = "{{ $values.drainDelaySeconds }}s"
    drain = "{{ $values.drainSeconds }}s"

    [runtime]
    workers = {{ $values.workers }}

    [admin]
    address = "[::]:9180"
    token_file = "/etc/octroi-secret/token"
    {{- with $values.extraConfig }}

    {{- . | nindent 4 }}
    {{- end }}
  charter.toml: |
    {{- $values.charter | nindent 4 }}
{{- end }}

{{- /* An entry of `containers`. Ports: `octroi` for the Service, `octroi-admin` for Prometheus. */ -}}
{{- define "octroi-sidecar.container" -}}
{{- $values := index .Values "octroi-sidecar" -}}
- name: octroi
  image: {{ $values.image }}
  args: ["run", "--config", "/etc/octroi/octroi.toml", "--log-format", "json"]
  ports:
    - name: octroi
      containerPort: 8080
    - name: octroi-admin
      containerPort: 9180
  livenessProbe:
    httpGet:
      path: /livez
      port: octroi-admin
  readinessProbe:
    httpGet:
      path: /readyz
      port: octroi-admin
  resources: {{- toYaml $values.resources | nindent 4 }}
  securityContext:
    allowPrivilegeEscalation: false
    readOnlyRootFilesystem: true
    runAsNonRoot: true
    runAsUser: 65532
    runAsGroup: 65532
    capabilities:
      drop: ["ALL"]
    seccompProfile:
      type: RuntimeDefault
  volumeMounts:
    - name: octroi
      mountPath: /etc/octroi
      readOnly: true
    - name: octroi-secret
      mountPath: /etc/octroi-secret
      readOnly: true
{{- end }}

{{- /* Entries of `volumes`. The pod's `securityContext.fsGroup` must be 65532, so that octroi can read the token. */ -}}
{{- define "octroi-sidecar.volumes" -}}
- name: octroi
  configMap:
    name: {{ .Release.Name }}-octroi
- name: octroi-secret
  secret:
    secretName: {{ index .Values "octroi-sidecar" "tokenSecret" }}
    defaultMode: 0440
{{- end }}

{{- /* `lifecycle` of the portal's own container: both are told to end at once, and octroi goes on asking the portal. */ -}}
{{- define "octroi-sidecar.preStop" -}}
{{- $values := index .Values "octroi-sidecar" -}}
preStop:
  sleep:
    seconds: {{ add $values.drainDelaySeconds $values.drainSeconds 2 }}
{{- end }}

{{- /* `terminationGracePeriodSeconds`: the preStop's, and what the portal itself needs to end. */ -}}
{{- define "octroi-sidecar.gracePeriod" -}}
{{- $values := index .Values "octroi-sidecar" -}}
{{ add $values.drainDelaySeconds $values.drainSeconds 2 30 }}
{{- end }}
