/// An official account at a platform that gives tokens t1, t2 ... and answers everything else as a test says.
#pragma once

#include "platform/account.hpp"
#include "platform/on_a_loop.hpp"
#include "platform/scripted_server.hpp"

#include <atomic>
#include <chrono>
#include <string>
#include <utility>

namespace wechat::platform {

using namespace std::chrono_literals;
using scripted::Reply;
using scripted::Request;
using scripted::Server;

inline const Time noon = from_seconds(1'700'000'000);

inline Reply token_reply(const std::string& token, int lifetime = 7200)
{
    return scripted::json(
        R"({"access_token":")" + token + R"(","expires_in":)" + std::to_string(lifetime) + "}"
    );
}

inline bool asks_for_token(const Request& request)
{
    return request.target == "/cgi-bin/stable_token";
}

struct AnAccount {
    explicit AnAccount(Server::Script on_call, int lifetime = 7200)
        : server([this, on_call = std::move(on_call), lifetime](const Request& request) {
              return asks_for_token(request) ? token_reply("t" + std::to_string(++tokens), lifetime)
                                             : on_call(request);
          })
    {}
    explicit AnAccount(Reply reply) : AnAccount([reply = std::move(reply)](const Request&) { return reply; })
    {}

    [[nodiscard]] std::size_t requests_to(const std::string& path) { return server.requests_to(path).size(); }

    static Limits limits()
    {
        Limits limits;
        limits.answer = 300ms;
        limits.file_answer = 300ms;
        return limits;
    }

    std::atomic<int> tokens = 0;
    Server server;
    Loop loop;
    Account account{
        loop,
        {Url{.tls = false, .host = "127.0.0.1", .port = server.port()}},
        AppId{"wx01"},
        Secret{"app secret"},
        limits()};
};

}  // namespace wechat::platform
