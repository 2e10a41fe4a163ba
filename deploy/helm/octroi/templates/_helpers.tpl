{{- define "octroi.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 50 }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 50 }}{{ end -}}
{{- end }}

{{- define "octroi.selector" -}}
app.kubernetes.io/name: octroi
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "octroi.labels" -}}
{{ include "octroi.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "octroi.image" -}}
{{ .Values.image.repository }}{{ if .Values.image.digest }}@{{ .Values.image.digest }}{{ else }}:{{ .Values.image.tag | default .Chart.AppVersion }}{{ end }}
{{- end }}

{{- define "octroi.tokenSecret" -}}
{{ .Values.admin.existingSecret | default (printf "%s-admin" (include "octroi.name" .)) }}
{{- end }}

{{- define "octroi.tlsSecret" -}}
{{ .Values.tls.secretName | default (printf "%s-tls" (include "octroi.name" .)) }}
{{- end }}
