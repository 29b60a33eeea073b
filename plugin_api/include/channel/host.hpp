#pragma once
/// For who loads channels. Headers only; std and Boost.DLL, and no library of Boost.
///
///     class MyServices : public channel::LaneServices { ... log, health, offer, report ... };
///
///     channel::Clock clock;
///     channel::Lane lane(clock);                              // one per instance
///     MyServices services(lane);
///     const auto library = channel::Library::load(path);      // or channel::Error: the reason, in words
///     auto line = library.create("sms-1", services);
///     lane.post([&] { line.configure(settings, configured); });
///     const auto capability = line.check(message);            // any thread: may I, at what price, until when?
///     lane.post([&] { line.send(message); });                 // the answer is a report
///     lane.post([&] { line.settle(token, channel::ok); });    // an offer or a report is on my disk

#include <channel/host/clock.hpp>
#include <channel/host/instance.hpp>
#include <channel/host/lane.hpp>
#include <channel/host/library.hpp>
#include <channel/host/services.hpp>
