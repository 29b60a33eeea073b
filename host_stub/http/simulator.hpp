/// A platform's stand-in that runs beside the host: its clock, and what a page may ask of it.
#pragma once

#include "http/message.hpp"

#include <channel/values.hpp>

#include <boost/asio/io_context.hpp>

#include <string>

namespace host::http {

/// Moves its clock by that much. url: http://ADDRESS:PORT. Blocks; throws std::runtime_error where nobody answers.
void move_simulator(const std::string& url, channel::Milliseconds by);

/// Passes on what contacts do and what their phones show, so that a page needs no other server than this one.
class Simulator {
public:
    /// url: http://ADDRESS:PORT; empty: there is none, and every request is answered so.
    Simulator(boost::asio::io_context& loop, std::string url) : loop_(loop), url_(std::move(url)) {}

    [[nodiscard]] bool exists() const { return !url_.empty(); }

    /// /api/simulator/X is its /sim/X: the accounts (without their secrets), what a contact does, his phone and window,
    /// files on it. Everything else is answered 404, and its silence 502.
    [[nodiscard]] Task<Answer> answer(Request request) const;

private:
    boost::asio::io_context& loop_;
    std::string url_;
};

}  // namespace host::http
