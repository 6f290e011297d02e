-- Keeps a snapshot, unless the topic has freed a text behind it.
-- KEYS as in write.lua. ARGV: its offset, its bytes
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
if last and last[2][9] then return {'gone'} end
local redact = tonumber(redis.call('HGET', KEYS[3], 'last') or '0')
if last and tonumber(ARGV[1]) >= redact then redis.call('SET', KEYS[7], ARGV[2]) end
return {'done'}
