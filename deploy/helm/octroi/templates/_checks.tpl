{{- /* What values.schema.json cannot see: values that contradict each other, or that nothing would use. */ -}}
{{- define "octroi.checks" -}}
{{- $behind := or .Values.ingress.enabled .Values.httpRoute.enabled -}}
{{- with .Values.tls }}
{{- if not .enabled }}
{{- range $value, $given := dict "secretName" .secretName "ticketKeysSecret" .ticketKeysSecret "certManager.enabled" .certManager.enabled }}
{{- if $given }}{{ fail (printf "tls.%s does nothing without tls.enabled" $value) }}{{ end }}
{{- end }}
{{- else if and $behind (not $.Values.listener.trusted) }}
{{- fail "with tls.enabled, the port that ingress and httpRoute lead to redirects to https, for ever if they end TLS: name their addresses in listener.trusted, so that X-Forwarded-Proto is believed, or let them alone end TLS" }}
{{- end }}
{{- if and .certManager.enabled (not .certManager.dnsNames) }}{{ fail "tls.certManager.dnsNames is missing" }}{{ end }}
{{- end }}
{{- with .Values.autoscaling }}
{{- if and .enabled (gt (int .minReplicas) (int .maxReplicas)) }}
{{- fail (printf "autoscaling.minReplicas is %d, more than autoscaling.maxReplicas, %d" (int .minReplicas) (int .maxReplicas)) }}
{{- end }}
{{- end }}
{{- if and .Values.service.externalTrafficPolicy (eq .Values.service.type "ClusterIP") }}
{{- fail "service.externalTrafficPolicy is for service.type LoadBalancer and NodePort" }}
{{- end }}
{{- if and .Values.serviceMonitor.enabled .Values.networkPolicy.enabled (not .Values.networkPolicy.monitoringFrom) }}
{{- fail "serviceMonitor.enabled asks for figures that networkPolicy lets nobody ask for: name Prometheus' namespace in networkPolicy.monitoringFrom" }}
{{- end }}
{{- range regexFindAll "charters/[A-Za-z0-9._-]+" .Values.sites -1 }}
{{- if not (hasKey $.Values.charters (trimPrefix "charters/" .)) }}{{ fail (printf "sites names %s, which is not in charters" .) }}{{ end }}
{{- end }}
{{- end }}
