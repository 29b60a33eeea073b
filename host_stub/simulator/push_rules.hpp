/// How the platform delivers callbacks, in every point that is not known, or that an endpoint must stand.
#pragma once

#include "base/result.hpp"
#include "simulator/clock.hpp"

#include <boost/json/object.hpp>

namespace simulator {

/// Of the platform as a whole, of one account, or of one act of a contact: each takes the other's place.
///
/// deliveries         of one callback, the first included (wechat-protocol.md 1.6: three by observation, four by the
///                    document's wording)
/// after_status       what an answer with another status than 200 is followed by: the next delivery, or at once the
///                    notice. UNVERIFIED: what the platform does (1.6)
/// mark_fail_after    callbacks that failed in a row, until the URL gets none for a minute (1.6: "many"); 0: never
/// old_key_under_way  a callback that began before the account's AES key was changed keeps the old one (1.5)
/// openid             whether the query has it (1.3: usually)
/// keep_alive         whether connections are used again
/// chunked            whether bodies go without a Content-Length
/// resets             so many first deliveries of a callback are reset when the answer begins to come
/// slow_write         pause between every 16 bytes of a request, in real time
/// slow_read          the same of an answer
/// repeat             deliveries more than needed, though one was answered
struct PushRules {
    enum class AfterStatus { retry, notice };
    int deliveries = 3;
    AfterStatus after_status = AfterStatus::retry;
    int mark_fail_after = 0;
    bool old_key_under_way = true;
    bool openid = true;
    bool keep_alive = false;
    bool chunked = false;
    int resets = 0;
    Milliseconds slow_write{0};
    Milliseconds slow_read{0};
    int repeat = 0;
    bool operator==(const PushRules&) const = default;
};

[[nodiscard]] boost::json::object to_json(const PushRules& rules);

/// Reads them by their names, the two pauses as slow_write_ms and slow_read_ms; what is not named keeps its value.
///
/// Faults: bad_settings, with the field
[[nodiscard]] wechat::Result<PushRules>
push_rules_from_json(const boost::json::object& fields, PushRules before);

}  // namespace simulator
