local exempt = { sessionid = true, csrftoken = true, django_language = true }

return function()
    local lines = ngx.header["Set-Cookie"]
    if lines == nil then
        return
    end
    local choice = ngx.var.cookie_cookies_preferences
    if choice and choice:find("%22matomo%22%3Atrue", 1, true) then
        return
    end
    if type(lines) == "string" then
        lines = { lines }
    end
    local kept = {}
    for _, line in ipairs(lines) do
        if exempt[line:match("^%s*([^=;%s]+)=")] then
            kept[#kept + 1] = line
        end
    end
    if #kept < #lines then
        ngx.header["Set-Cookie"] = kept
    end
end
