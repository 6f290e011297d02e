-- Appends entries behind exactly the head that the caller knows, or tells what
-- the head is. One key slot; nothing is written before everything is checked.
--
-- KEYS: log, private parts, freed, topics, turn, key, snapshot, erased topics
local log, private, freed, topics, turn, key, snapshot, erased = unpack(KEYS)
local topic, wantAt, wantChain, epoch = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4]
local known, knownHash, page = ARGV[5], ARGV[6], tonumber(ARGV[7])
local lag, token, turnTime, erase = tonumber(ARGV[8]), ARGV[9], tonumber(ARGV[10]), ARGV[11] == '1'
local publish, channel, news, wrapped = ARGV[12], ARGV[13], ARGV[14], ARGV[15]
local entries = tonumber(ARGV[16]) -- each: chain, time, body, private part

local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)

-- The head. Fields of an entry: c chain, t time, e epoch, b body, x erased.
local last = redis.call('XREVRANGE', log, '+', '-', 'COUNT', 1)[1]
local at, chain, stamp = 0, '', 0
if last then
  if last[2][9] then return {'gone', now} end
  at, chain, stamp = tonumber(string.match(last[1], '^%d+')), last[2][2], tonumber(last[2][4])
elseif redis.call('EXISTS', log) == 1 then
  return redis.error_reply('EMPTIED the stream of ' .. topic .. ' has lost its entries')
end

-- What the caller has folded must be on the chain; what follows it comes along.
local base, others, texts, more = false, {}, {}, 0
if tonumber(known) > 0 then
  base = redis.call('XRANGE', log, known .. '-0', known .. '-0')[1]
  if not base or string.sub(base[2][2], 1, 8) ~= knownHash then return {'fork', now} end
end
if page > 0 and at > tonumber(known) then
  if at - tonumber(known) > page then
    more = 1
  else
    others = redis.call('XRANGE', log, string.format('%.0f-0', known + 1), '+')
    local with = {}
    for _, e in ipairs(others) do
      if string.byte(e[2][8]) == 1 then with[#with + 1] = string.match(e[1], '^%d+') end
    end
    if #with > 0 then
      for i, v in ipairs(redis.call('HMGET', private, unpack(with))) do
        texts[2 * i - 1], texts[2 * i] = with[i], v
      end
    end
  end
end
local function reply(what) return {what, now, base, others, texts, more, last or false} end

if entries == 0 then return reply('done') end
if at ~= wantAt or chain ~= wantChain then
  if turnTime > 0 then redis.call('SET', turn, token, 'PX', turnTime, 'NX') end
  return reply('head')
end
local holder = redis.call('GET', turn)
if holder and holder ~= token and lag >= 0 then return reply('turn') end

-- The time was fixed by the caller, who had to hash it: it is this server's own,
-- at most so old, or the last entry's where this clock is behind that.
local first = tonumber(ARGV[18])
if lag >= 0 and (first < stamp or first < now - lag or first > now and first ~= stamp) then return reply('time') end

if erase then redis.call('DEL', log, private, freed, snapshot, key) end
for i = 17, 16 + 4 * entries, 4 do
  at = at + 1
  local id = string.format('%.0f', at)
  local fields = {'c', ARGV[i], 't', ARGV[i + 1], 'e', epoch, 'b', ARGV[i + 2]}
  if erase then fields[9], fields[10] = 'x', '1' end
  redis.call('XADD', log, id .. '-0', unpack(fields))
  if ARGV[i + 3] ~= '' then redis.call('HSET', private, id, ARGV[i + 3]) end
end
for i = 17 + 4 * entries, #ARGV, 2 do
  redis.call('HSET', freed, ARGV[i], ARGV[i + 1])
end
if erase then
  redis.call('ZREM', topics, topic)
  redis.call('ZADD', erased, 0, topic)
elseif wantAt == 0 then
  redis.call('ZADD', topics, 0, topic)
end
if wrapped ~= '' then redis.call('SET', key, wrapped, 'NX') end
if holder == token then redis.call('DEL', turn) end
redis.call(publish, channel, news)
return reply('done')
