/// A simulator with one account, and the endpoint that it calls.
#pragma once

#include "codec/reply.hpp"
#include "codec/request.hpp"
#include "one_account.hpp"
#include "simulator/server.hpp"
#include "webhook.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>

namespace simulator::test {

namespace codec = wechat::codec;

inline Answering success(const Received& received)
{
    if (received.method == "GET")
        return {.body = codec::parse_query(received.query).echostr};
    return {};
}

// The POSTs, opened as a channel opens them; a fault of the codec ends the test.
struct Called {
    explicit Called(Webhook::Answer answer, std::string mode = "secure", Rules rules = {})
        : webhook(std::move(answer)), server(options(rules)), settings(an_account())
    {
        settings.callback_url = webhook.url();
        settings.callback_mode = std::move(mode);
        verified = server.put(settings);
        server.set_time(start);
    }

    static Options options(Rules rules)
    {
        rules.clock = Clock::Kind::standing;
        return {.patience = std::chrono::milliseconds{250}, .rules = rules};
    }

    std::vector<Received> posts()
    {
        auto all = webhook.received();
        std::erase_if(all, [](const Received& received) { return received.method == "GET"; });
        return all;
    }

    codec::Callback opened(const Received& post)
    {
        return codec::read_callback(*callback_account(settings), codec::parse_query(post.query), post.body)
            .value();
    }

    std::string reply(std::string text, std::string to = "o1")
    {
        return codec::write_reply(
            {.to = wechat::OpenId{to},
             .from = "gh_1",
             .at = to_seconds(start),
             .what = codec::TextReply{text}}
        );
    }

    Webhook webhook;
    Server server;
    Account settings;
    bool verified = false;
};

}  // namespace simulator::test
