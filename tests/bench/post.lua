-- wrk script: posts whole requests from a file of bench-make-callbacks, in turn.
--   wrk ... -s post.lua URL -- FILE
-- All is read before the clock starts: a request costs wrk one look-up. Whoever comes to the end begins anew, and
-- counts it ("wrapped"): where no callback may come twice the run is then void.
local requests, at = {}, 0
wrapped = 0
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(arguments)
  local file = assert(io.open(arguments[1], "rb"))
  for size in function() return file:read("*l") end do
    requests[#requests + 1] = file:read(tonumber(size))
  end
  file:close()
end

function request()
  at = at + 1
  if at > #requests then
    at, wrapped = 1, wrapped + 1
  end
  return requests[at]
end

function done(summary, latency)
  local e, repeated = summary.errors, 0
  for _, thread in ipairs(threads) do repeated = repeated + thread:get("wrapped") end
  io.write(string.format(
    'RESULT {"requests": %d, "seconds": %.6f, "p50_ms": %.3f, "p99_ms": %.3f, "errors": %d, "wrapped": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    e.connect + e.read + e.write + e.timeout + e.status, repeated))
end
