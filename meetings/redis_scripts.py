"""What Redis does in one step. Each script touches every entry of a meeting at once, or none.

KEYS[1] is the epoch's entry and ARGV[1] the epoch that the process knows: another one means that
Redis came back empty meanwhile. Each answers with a word, and what goes with it.
"""

_SAME_EPOCH = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return {'restarted'} end
"""

# Whether the meeting in that hash is alive at a moment, in milliseconds. Its time to live says the
# same a little later, and says it while no process is awake.
_ALIVE = """
local function alive(meeting, now)
  local ends = redis.call('HGET', meeting, 'until')
  return ends and tonumber(ends) >= tonumber(now)
end
"""

# KEYS: epoch, meeting, code, group, ended
# ARGV: epoch, now, stamp, state, key, id, until, time to live
_PUT = """
if redis.call('EXISTS', KEYS[5]) == 1 then return {'ended'} end
local other = redis.call('GET', KEYS[4])
if other and alive(other, ARGV[2]) then return {'exists', redis.call('HGET', other, 'id')} end
redis.call('DEL', KEYS[2])
redis.call('HSET', KEYS[2], 'stamp', ARGV[3], 'state', ARGV[4], 'key', ARGV[5], 'id', ARGV[6],
  'until', ARGV[7], 'code', KEYS[3], 'group', KEYS[4])
redis.call('PEXPIRE', KEYS[2], ARGV[8])
redis.call('SET', KEYS[3], KEYS[2], 'PX', ARGV[8])
redis.call('SET', KEYS[4], KEYS[2], 'PX', ARGV[8])
return {'made'}
"""

# KEYS: epoch, meeting; ARGV: epoch, now, stamp of the state that the process has
_READ = """
if not alive(KEYS[2], ARGV[2]) then return {'gone'} end
if redis.call('HGET', KEYS[2], 'stamp') == ARGV[3] then return {'same'} end
local found = redis.call('HMGET', KEYS[2], 'stamp', 'state', 'key')
return {'new', found[1], found[2], found[3]}
"""

# KEYS: epoch, meeting; ARGV: epoch, now, stamp before, stamp after, state, until, time to live
# An answer that got lost is asked for again: who finds the own stamp has written already.
_REPLACE = """
if not alive(KEYS[2], ARGV[2]) then return {'gone'} end
local found = redis.call('HMGET', KEYS[2], 'stamp', 'code', 'group')
if found[1] == ARGV[4] then return {'written'} end
if found[1] ~= ARGV[3] then return {'lost'} end
redis.call('HSET', KEYS[2], 'stamp', ARGV[4], 'state', ARGV[5], 'until', ARGV[6])
redis.call('PEXPIRE', KEYS[2], ARGV[7])
redis.call('SET', found[2], KEYS[2], 'PX', ARGV[7])
redis.call('SET', found[3], KEYS[2], 'PX', ARGV[7])
return {'written'}
"""

# KEYS: epoch, meeting, ended; ARGV: epoch, how long it is remembered that it was ended
_DESTROY = """
for _, name in ipairs(redis.call('HMGET', KEYS[2], 'code', 'group')) do
  if name and redis.call('GET', name) == KEYS[2] then redis.call('DEL', name) end
end
redis.call('DEL', KEYS[2])
redis.call('SET', KEYS[3], 1, 'PX', ARGV[2])
return {'destroyed'}
"""

# KEYS: epoch, what a code or a group leads to; ARGV: epoch, now
_FIND = """
local meeting = redis.call('GET', KEYS[2])
if meeting and alive(meeting, ARGV[2]) then return {'found', redis.call('HGET', meeting, 'id')} end
return {'none'}
"""

ALL = {
    "greet": _SAME_EPOCH + "return {'here'}",
    "put": _SAME_EPOCH + _ALIVE + _PUT,
    "read": _SAME_EPOCH + _ALIVE + _READ,
    "replace": _SAME_EPOCH + _ALIVE + _REPLACE,
    "destroy": _SAME_EPOCH + _DESTROY,
    "find": _SAME_EPOCH + _ALIVE + _FIND,
}
