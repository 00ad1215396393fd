//! What the server does in one step: scripts run one at a time, whoever else asks.

/// Takes from all windows or from none.
pub(super) const RESERVE: &str = "
for i, key in ipairs(KEYS) do
  local requests = tonumber(redis.call('HGET', key, 'requests') or 0)
  local tokens = tonumber(redis.call('HGET', key, 'tokens') or 0)
  if requests + 1 > tonumber(ARGV[3 * i - 1]) or tokens + tonumber(ARGV[1]) > tonumber(ARGV[3 * i]) then
    return i
  end
end
for i, key in ipairs(KEYS) do
  redis.call('HINCRBY', key, 'requests', 1)
  redis.call('HINCRBY', key, 'tokens', ARGV[1])
  redis.call('EXPIRE', key, ARGV[3 * i + 1])
end
return 0";

/// Settles windows that are there: a server that has lost them is owed nothing, and what never expires is never made.
pub(super) const SETTLE: &str = "
for _, key in ipairs(KEYS) do
  if redis.call('EXISTS', key) == 1 then
    redis.call('HINCRBY', key, 'tokens', ARGV[1])
    redis.call('HINCRBY', key, 'micros', ARGV[2])
  end
end
return 0";

/// `Rate::turn`, by the server's own clock. KEYS: when the next request is due, and when the last ones went. ARGV: how
/// many these are, the interval and the lead, in microseconds. Numbers are written whole: Lua shortens long ones.
pub(super) const TURN: &str = "
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local interval, lead = tonumber(ARGV[2]), tonumber(ARGV[3])
local oldest = redis.call('LINDEX', KEYS[2], -tonumber(ARGV[1]))
if oldest and tonumber(oldest) + 60000000 > now then
  return tonumber(oldest) + 60000000 - now
end
local due = tonumber(redis.call('GET', KEYS[1]) or 0)
due = math.max(now, math.min(due, now + lead + interval))
if due > now + lead then
  return due - now - lead
end
redis.call('SET', KEYS[1], string.format('%.0f', due + interval), 'PX', math.ceil((lead + 2 * interval) / 1000) + 1000)
redis.call('RPUSH', KEYS[2], string.format('%.0f', now))
redis.call('LTRIM', KEYS[2], -tonumber(ARGV[1]), -1)
redis.call('EXPIRE', KEYS[2], 61)
return 0";

/// Takes a piece of work. ARGV: holder, lease, since, now.
pub(super) const CLAIM: &str = "
local told = redis.call('HMGET', KEYS[1], 'told', 'at')
if told[1] then
  if tonumber(told[2]) >= tonumber(ARGV[3]) then return {2, told[1]} end
elseif redis.call('EXISTS', KEYS[1]) == 1 then
  return {1, ''}
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'holder', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return {0, ''}";

/// Goes on holding pieces of work, those too that the server has lost. ARGV: holder, lease.
pub(super) const HOLD: &str = "
for _, key in ipairs(KEYS) do
  if redis.call('EXISTS', key) == 0 then redis.call('HSET', key, 'holder', ARGV[1]) end
  if redis.call('HGET', key, 'holder') == ARGV[1] then redis.call('PEXPIRE', key, ARGV[2]) end
end
return 0";

/// Tells what came of a piece of work. ARGV: text, now, how long it is known.
pub(super) const TELL: &str = "
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'told', ARGV[1], 'at', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 0";
