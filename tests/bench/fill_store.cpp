// Fills a store with conversations, as their contacts' messages would have.
//   bench-fill-store FILE COUNT
//       contacts who have just written
//   bench-fill-store FILE COUNT WITHIN FROM
//       contacts without an answer, whose 24 hours end within so many seconds, from so many seconds from now on
#include "callback_stream.hpp"
#include "policy/step.hpp"
#include "store/store.hpp"

#include <chrono>
#include <cstdlib>
#include <iostream>

namespace {

using namespace wechat;

constexpr std::uint64_t kept_in_hand = 10'000;  // units handed over before they are waited for

policy::Rules rules()
{
    policy::Rules rules;
    rules.customer = bench::customer_number(0);
    rules.texts = std::make_shared<texts::Catalog>("en");  // no texts: nothing is said by itself
    return rules;
}

// The contact wrote, ana took part, her message was the last word.
policy::Conversation one_that_waits(const policy::Rules& rules, Time since)
{
    policy::Message message{.id = ClientId{"m1"}, .sender = Employee{"ana"}};
    const std::vector<policy::Event> life{
        policy::ContactWrote{.at = since, .text = "Hello"},
        policy::ParticipantsSet{.participants = {Employee{"ana"}}},
        policy::EmployeeSent{.message = message},
        policy::AttemptStarting{.attempt = 1},
        policy::AttemptEnded{.attempt = 1},
    };
    policy::Conversation conversation;
    for (const auto& event : life)
        conversation = policy::step(rules, std::move(conversation), event, since).conversation;
    return conversation;
}

policy::Conversation one_that_wrote(const policy::Rules& rules, Time at)
{
    return policy::step(rules, {}, policy::ContactWrote{.at = at, .text = "Hello"}, at).conversation;
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc != 3 && argc != 5) {
        std::cerr << "bench-fill-store FILE COUNT [WITHIN FROM]\n";
        return 2;
    }
    // Answers are not waited for one by one: flush waits for all, and only the last fault matters.
    Result<void> last;
    auto store = store::open_sqlite(argv[1], [](const std::function<void()>& answer) { answer(); });
    if (!store) {
        std::cerr << describe(store.error()) << '\n';
        return 1;
    }
    const auto count = std::strtoull(argv[2], nullptr, 10);
    const auto within = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 0;
    const std::chrono::seconds from{argc > 4 ? std::atoi(argv[4]) : 0};
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto all = rules();
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto since = now - all.remind_after + from + std::chrono::seconds{within == 0 ? 0 : i % within};
        const auto conversation = within == 0 ? one_that_wrote(all, now) : one_that_waits(all, since);
        const auto wake_at = policy::wake_at(all, conversation);
        const store::Key key{AppId{"wx0123456789abcdef"}, OpenId{bench::CallbackStream::openid(i)}};
        const auto save = [conversation, wake_at](store::Unit& unit) { unit.save(conversation, wake_at); };
        (*store)->run(key, save, [&](const Result<void>& done) {
            if (!done)
                last = done;
        });
        if (i % kept_in_hand == 0)
            (*store)->flush();
    }
    (*store)->flush();
    store->reset();
    if (!last)
        std::cerr << describe(last.error()) << '\n';
    return last ? 0 : 1;
}
