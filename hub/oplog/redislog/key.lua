-- Returns a topic's wrapped key, the one given (it may be empty) where there is none.
-- KEYS as in write.lua. ARGV: the key that is offered
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
if last and last[2][9] then return {'gone'} end
if ARGV[1] ~= '' then redis.call('SET', KEYS[6], ARGV[1], 'NX') end
return {'done', redis.call('GET', KEYS[6])}
