-- Posts reports, each with a key and words of its own, from places all over the town: report.lua -- PLACES SEED
-- A line of PLACES is a grid's id, or a longitude and a latitude.
dofile("Benchmarks/Load/result.lua")

local categories = { "0101", "0105", "0106", "0201", "0202", "0203", "0204", "0207" }
local things = { "路灯", "井盖", "垃圾桶", "水沟", "路面", "围栏", "树枝", "健身器材" }
local spots = { "村口小卖部旁边", "老年活动中心门口", "小学后面的巷子里", "祠堂前的埕上", "菜市场东边", "公交站牌对面" }
local faults = { "坏了好几天，晚上走路看不清，请派人来看看。", "挡住了路，三轮车过不去，麻烦尽快处理。", "有安全隐患，家里老人小孩都从这里走。" }
local headers = { ["Content-Type"] = "application/json" }
local places, count, salt = {}, 0, 0

function init(arguments)
   for line in io.lines(arguments[1]) do
      local longitude, latitude = line:match("^(%S+) (%S+)$")
      places[#places + 1] = longitude and string.format('"longitude":%s,"latitude":%s', longitude, latitude)
         or string.format('"grid":"%s"', line)
   end
   math.randomseed(tonumber(arguments[2]))
   salt = math.random(0, 0xFFFFFF)
end

local function pick(list) return list[math.random(#list)] end

function request()
   count = count + 1
   -- A UUID of version 7, as a client makes it: time first, so that keys made together lie together.
   local time = os.time() * 1000 + count % 1000
   headers["Idempotency-Key"] = string.format(
      "%08x-%04x-7%03x-%04x-%06x%06x", math.floor(time / 65536), time % 65536, math.random(0, 0xFFF), math.random(0x8000, 0xBFFF), salt, count)
   local body = string.format(
      '{"category":"%s","words":"%s的%s%s（%d）",%s,"spot":"%s"}', pick(categories), pick(spots), pick(things), pick(faults), count,
      pick(places), pick(spots))
   return wrk.format("POST", "/api/v1/matters", headers, body)
end
