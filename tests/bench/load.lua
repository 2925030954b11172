-- Ask for the addresses of a list, in turn, and count what comes back: each body that was not met before is
-- written to a file, so that it can be looked at afterwards. Arguments: the list, the folder of the bodies.
local threads = {}

function setup(thread)
  thread:set("number", #threads + 1)
  table.insert(threads, thread)
end

function init(args)
  requests_, turn, asked, refused, bodies, seen = {}, 0, 0, 0, 0, {}
  counts, folder = {}, args[2]
  for line in io.lines(args[1]) do
    local encoding, path = line:match("^(%S+) (%S+)$")
    table.insert(requests_, wrk.format("GET", path, { ["Host"] = "plans.example", ["Accept-Encoding"] = encoding }))
  end
end

function request()
  turn = turn % #requests_ + 1
  return requests_[turn]
end

-- Why a pause of some ms: readers must meet every moment of a publication, not starve it of its processor.
function delay()
  return 4
end

function response(status, headers, body)
  asked = asked + 1
  if status ~= 200 then
    refused = refused + 1
    return
  end
  local name = seen[body]
  if not name then
    bodies = bodies + 1
    name = number .. "-" .. bodies
    seen[body] = name
    local file = io.open(folder .. "/" .. name, "wb")
    file:write(body)
    file:close()
  end
  counts[name] = (counts[name] or 0) + 1
end

function done(summary, latency, requests)
  local asked, refused = 0, 0
  for _, thread in ipairs(threads) do
    asked, refused = asked + thread:get("asked"), refused + thread:get("refused")
    for name, count in pairs(thread:get("counts")) do print("body", name, count) end
  end
  local errors = summary.errors
  print("asked", asked)
  print("refused", refused)
  print("broken", errors.connect + errors.read + errors.write + errors.timeout)
  print("p99", latency:percentile(99) / 1000)
  print("seconds", summary.duration / 1000000)
end
