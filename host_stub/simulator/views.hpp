/// What the control shows, in JSON. Times are milliseconds since 1970.
#pragma once

#include "simulator/delivery.hpp"
#include "simulator/platform.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <string>

namespace simulator {

[[nodiscard]] boost::json::object clock_json(const Clock& clock);
[[nodiscard]] boost::json::array accounts_json(const Platform& platform);

/// Of a contact nobody has seen, null, both are empty.
[[nodiscard]] boost::json::array phone_json(const Contact* contact);
[[nodiscard]] boost::json::object window_json(const Contact* contact, Moment now);

/// path and app_id: only those; empty: all.
[[nodiscard]] boost::json::array
requests_json(const Platform& platform, const std::string& path, const std::string& app_id);
[[nodiscard]] boost::json::array
callbacks_json(const Platform& platform, const std::string& openid, const std::string& app_id);

[[nodiscard]] boost::json::array faults_json(const Faults& faults);
[[nodiscard]] boost::json::object delivered_json(const Delivered& delivered);

}  // namespace simulator
