/// Faults on order: what the next calls of a path shall suffer.
#pragma once

#include "simulator/clock.hpp"
#include "simulator/http_message.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace simulator {

/// One fault: which calls it meets, what comes instead of the effect, and what becomes of the answer.
///
/// path                of the API, or * for every one
/// app_id              only calls of this account; empty: of every one
/// after               so many calls pass unharmed first: to fail the n-th
/// times               calls it lasts for; none: until it is cleared
///
/// errcode             is answered instead of the effect
/// http_status         a gateway's page instead of the effect; 200 as well
/// timeout             the connection is closed without an answer: before the effect, or after it (after_write)
/// reset               the connection is reset before the effect
///
/// truncate            the answer ends half-way
/// content_length      what the header says of the body's length
/// content_type        instead of the right one
/// body                the answer, as it stands
/// control_characters  raw ones stand in the first text of the JSON, where JSON forbids them
/// without_errcode     errcode and errmsg are left out
/// extra_fields        fields that nobody knows stand in front
/// latency             every answer waits that long; adds to whatever else happens
struct Fault {
    enum class Timeout { none, before, after_write };
    std::string path = {};
    std::string app_id = {};
    int after = 0;
    std::optional<std::int64_t> errcode = {};
    std::optional<unsigned> http_status = {};
    Timeout timeout = Timeout::none;
    bool reset = false;
    bool truncate = false;
    std::optional<std::size_t> content_length = {};
    std::string content_type = {};
    std::optional<std::string> body = {};
    bool control_characters = false;
    bool without_errcode = false;
    bool extra_fields = false;
    Milliseconds latency{0};
    std::optional<int> times = {};

    /// Whether it does more than wait.
    [[nodiscard]] bool acts() const
    {
        return errcode || http_status || timeout != Timeout::none || reset || spoils();
    }
    /// Whether it changes the answer.
    [[nodiscard]] bool spoils() const
    {
        return truncate || content_length || !content_type.empty() || body || control_characters
            || without_errcode || extra_fields;
    }
};

/// What is left of an answer.
void spoil(Response& response, const Fault& fault);

/// The faults that stand, oldest first.
class Faults {
public:
    void add(Fault fault) { faults_.push_back(std::move(fault)); }
    void clear() { faults_.clear(); }
    void clear(std::string_view path);
    [[nodiscard]] const std::vector<Fault>& all() const { return faults_; }

    /// What this call suffers: the oldest fault that acts, and the sum of all latencies. Uses them up.
    ///
    /// app_id  of the account that calls; empty: nobody knows
    [[nodiscard]] Fault take(std::string_view path, std::string_view app_id);

private:
    std::vector<Fault> faults_;
};

}  // namespace simulator
