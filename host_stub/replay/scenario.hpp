/// A scenario as values: one conversation's life, step by step (policy 10).
#pragma once

#include "replay/happening.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace replay {

// ---- What a step may do ----

struct OnlyTime {};  // time passes, nothing else

struct ContactSays {
    std::string medium = "text";  // text, image, voice
    std::string what = {};        // the text, or the NAME of the file
    std::string menu_message = {};
};
struct ContactFollows {
    std::string scene = {};
};
struct ContactUnfollows {};
struct ContactScans {
    std::string scene = {};
};
struct ContactClicks {
    std::string key = {};
};

struct EmployeeSends {
    std::string name = {}, id = {};
    std::string medium = "text";
    std::string what = {};
};
struct EmployeeCancels {
    std::string id = {};
};

struct ParticipantsChange {
    std::vector<std::string> add = {}, remove = {};
};

/// What the next sends get. errcode 0 clears what was ordered before.
struct PlatformAnswers {
    enum class Kind { errcode, unavailable, timeout_after_write };
    Kind kind = Kind::errcode;
    std::int64_t errcode = 0;
    int times = 1;
};

/// Host and plugin are stopped and started again on their stores; the clock moves in between.
struct Restart {
    Milliseconds down{0};
};

using Act = std::variant<
    OnlyTime, ContactSays, ContactFollows, ContactUnfollows, ContactScans, ContactClicks, EmployeeSends,
    EmployeeCancels, ParticipantsChange, PlatformAnswers, Restart>;

/// expected  nothing: not checked; an empty list: nothing may have happened
struct Step {
    int line = 0;
    Milliseconds at{0};  // since the start
    Act act = OnlyTime{};
    std::optional<std::vector<Expected>> expected = {};
};

struct Scenario {
    std::filesystem::path file;
    std::string title;
    std::vector<std::string> rules;
    std::string customer_sections;  // policy and messages for the customer's file, on the lines where they stand here
    std::vector<std::string> participants{"ana"};
    std::vector<Step> steps;
};

}  // namespace replay
