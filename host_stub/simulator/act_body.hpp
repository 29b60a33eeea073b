/// Acts and faults as the control's bodies describe them.
#pragma once

#include "base/result.hpp"
#include "simulator/acts.hpp"
#include "simulator/fault.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace simulator {

/// What a contact does, read and done: its callback, and whether the caller waits for what becomes of it.
struct Done {
    Push push;
    bool waits = true;
};

/// verb   send, message, event, follow, unfollow, scan, menu or subscribe
/// files  whether files of this machine may be named
/// Faults: bad_settings (with what is wrong), not_found (a QR code that is none, or none any more); nothing is done then
[[nodiscard]] wechat::Result<Done> act_from_json(
    Platform& platform,
    OfficialAccount& account,
    const std::string& openid,
    std::string_view verb,
    const boost::json::object& body,
    bool files
);

/// Several acts of several contacts, done in the order given; the callbacks in the order in which they are to go out.
///
/// body   {acts: [{contact, VERB: {...}}], order: given (default), reversed or shuffled}
/// order  of the callbacks: index i of it is the act that goes out as the i-th
struct Burst {
    std::vector<Push> pushes = {};
    std::vector<std::size_t> order = {};
    bool at_once = false;
};
[[nodiscard]] wechat::Result<Burst>
burst_from_json(Platform& platform, OfficialAccount& account, const boost::json::object& body, bool files);

/// A file as the control names it: base64, or a path where those are allowed.
[[nodiscard]] wechat::Result<std::string> file_from(const std::string& named, bool paths);

/// Faults: bad_settings, with what is wrong.
[[nodiscard]] wechat::Result<Fault> fault_from_json(const boost::json::object& fields);

}  // namespace simulator
