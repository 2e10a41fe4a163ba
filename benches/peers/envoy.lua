local exempt = { sessionid = true, csrftoken = true, django_language = true }

function envoy_on_request(handle)
  local cookies = handle:headers():get("cookie")
  if cookies and cookies:find("cookies_preferences=[^;]*%%22matomo%%22%%3Atrue") then
    handle:streamInfo():dynamicMetadata():set("bench", "agreed", true)
  end
end

function envoy_on_response(handle)
  local headers = handle:headers()
  local count = headers:getNumValues("set-cookie")
  if count == 0 or (handle:streamInfo():dynamicMetadata():get("bench") or {}).agreed then
    return
  end
  local kept = {}
  for index = 0, count - 1 do
    local line = headers:getAtIndex("set-cookie", index)
    if exempt[line:match("^%s*([^=;%s]+)=")] then
      kept[#kept + 1] = line
    end
  end
  if #kept < count then
    headers:remove("set-cookie")
    for _, line in ipairs(kept) do
      headers:add("set-cookie", line)
    end
  end
end
