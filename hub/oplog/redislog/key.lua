-- Returns a topic's wrapped key, the one given where there is none yet.
-- KEYS as in write.lua. ARGV: the key that is offered
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
if last and last[2][9] then return {'gone'} end
redis.call('SET', KEYS[6], ARGV[1], 'NX')
return {'done', redis.call('GET', KEYS[6])}
