-- Asks for one path of a file (one a line) after the other: get.lua -- FILE
dofile("Benchmarks/Load/result.lua")

local requests, turn = {}, 0

function init(arguments)
   for path in io.lines(arguments[1]) do requests[#requests + 1] = wrk.format("GET", path) end
end

function request()
   turn = turn % #requests + 1
   return requests[turn]
end
