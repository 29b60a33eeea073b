/// A story for the server of somebody else: what contacts do, what time and the platform do, what phones must show.
#pragma once

#include "base/result.hpp"
#include "simulator/server.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace simulator {

/// One step: a word that says what happens, what it is about, and the other words beside it.
struct Step {
    int line = 0;
    std::string word = {};
    boost::json::value what = {};
    boost::json::object beside = {};
};

/// Reads a script: a list of steps in YAML, or a step a line in JSON.
///
/// Faults: bad_settings, with the line: "12: unknown word \"sned\""
[[nodiscard]] wechat::Result<std::vector<Step>> read_script(std::string_view text);

/// Where a step came out differently, in words: `phone: expected [...], found [...]`.
struct StepDifference {
    int line = 0;
    std::string text = {};
};

/// Plays the steps on a running simulator, all of them, whatever differs. Waits in real time only where a step says so,
/// or for a server that has not answered yet.
///
/// say  is given the words of every `say` and nothing else
[[nodiscard]] std::vector<StepDifference>
play(Server& server, const std::vector<Step>& steps, const std::function<void(const std::string&)>& say);

}  // namespace simulator
