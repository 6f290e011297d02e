-- Deletes private parts that redact entries have freed, and the snapshot.
-- KEYS as in write.lua. ARGV: offsets
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
if last and last[2][9] then return {'gone'} end
for i = 1, #ARGV do
  if redis.call('HEXISTS', KEYS[3], ARGV[i]) == 0 then return {'kept', ARGV[i]} end
end
for i = 1, #ARGV do redis.call('HDEL', KEYS[2], ARGV[i]) end
redis.call('DEL', KEYS[7])
return {'done'}
