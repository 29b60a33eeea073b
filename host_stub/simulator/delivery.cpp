#include "simulator/delivery.hpp"

#include "codec/document.hpp"
#include "codec/push.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <string>
#include <utility>

namespace simulator {
namespace {

namespace asio = boost::asio;
namespace codec = wechat::codec;

constexpr Milliseconds answer_within{5000};  // wechat-protocol.md 1.6

std::string seconds_text(Moment now)
{
    return std::to_string(to_seconds(now).time_since_epoch().count());
}

CallbackCall call_for(const Push& push, Url url, codec::CallbackRequest request, int number)
{
    const auto& rules = push.rules;
    return {
        .url = std::move(url),
        .query = std::move(request.query),
        .content_type = codec::is_json(push.document) ? "application/json" : "text/xml",
        .body = std::move(request.body),
        .keep_alive = rules.keep_alive,
        .chunked = rules.chunked,
        .reset = number <= rules.resets,
        .slow_write = rules.slow_write,
        .slow_read = rules.slow_read,
    };
}

}  // namespace

// settled never expires; it is cancelled when nothing is under way.
struct Courier::UnderWay {
    int count = 0;
    Timer settled;
};

// Counts what is under way, however it ends.
class Courier::Counted {
public:
    explicit Counted(const Courier& courier) : under_way_(courier.under_way_) { ++under_way_->count; }
    ~Counted()
    {
        if (--under_way_->count == 0)
            under_way_->settled.cancel();
    }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;

private:
    std::shared_ptr<UnderWay> under_way_;
};

struct Courier::Batch {
    std::vector<Delivered> delivered;
    std::size_t open = 0;
    Timer done;
};

Courier::Courier(Platform& platform, Executor loop, asio::ssl::context& tls, Milliseconds patience)
    : platform_(platform),
      loop_(loop),
      caller_(loop, tls),
      patience_(patience),
      under_way_(std::make_shared<UnderWay>(0, Timer{loop, Timer::time_point::max()}))
{}

Task<Understood> Courier::deliver_once(Url url, Push push, int number)
{
    auto& account = *platform_.find(push.app_id);
    const codec::Delivery delivery{
        .to = account.settings.original_id,
        .openid = wechat::OpenId{push.rules.openid ? push.openid : std::string{}},
        .timestamp = seconds_text(platform_.clock.now()),
        .nonce = platform_.random.digits(10),
        .random = platform_.random.bytes(),
    };
    LoggedCallback line{
        .at = platform_.clock.now(),
        .app_id = push.app_id,
        .openid = push.openid,
        .delivery = number,
        .url = account.settings.callback_url,
    };
    auto request = codec::make_request(sealed_for(push, account), push.document, delivery);
    line.query = request.query;
    line.body = request.body;
    Deadline deadline{loop_, platform_.clock, answer_within, patience_};
    auto call = call_for(push, std::move(url), std::move(request), number);
    const auto answer = co_await caller_.call(std::move(call), deadline);
    account.reachable = answer.connected;
    auto understood = understand(platform_, account, push, answer);
    line.status = answer.status;
    line.answer = answer.body;
    line.answered = name_of(understood.answered);
    platform_.log(std::move(line));
    co_return understood;
}

// MarkFail (wechat-protocol.md 1.6): after many failures a URL gets nothing for a minute.
void Courier::count(OfficialAccount& account, const PushRules& rules, Answered answered)
{
    account.failed_in_a_row = failed(answered) ? account.failed_in_a_row + 1 : 0;
    if (rules.mark_fail_after == 0 || account.failed_in_a_row < rules.mark_fail_after)
        return;
    account.failed_in_a_row = 0;
    account.marked_failed_until = platform_.clock.now() + platform_.rules.mark_fail_pause;
}

Task<Delivered> Courier::deliver(Push push)
{
    const Counted counted{*this};
    Delivered delivered;
    // Accounts are never removed, so that this one outlives the wait.
    auto& account = *platform_.find(push.app_id);
    const auto url = parse_url(account.settings.callback_url);
    if (!url)
        co_return delivered;
    if (platform_.clock.now() < account.marked_failed_until) {
        delivered.answered = Answered::lost;
        platform_.log(LoggedCallback{
            .at = platform_.clock.now(),
            .app_id = push.app_id,
            .openid = push.openid,
            .url = account.settings.callback_url,
            .answered = std::string{name_of(Answered::lost)},
        });
        co_return delivered;
    }
    Understood understood;
    do {
        understood = co_await deliver_once(*url, push, ++delivered.deliveries);
    } while (worth_another(understood.answered, push.rules) && delivered.deliveries < push.rules.deliveries);
    delivered.answered = understood.answered;
    delivered.shown = show(platform_, account, push, understood);
    count(account, push.rules, understood.answered);
    // What is repeated though it was answered is answered again, but the phone shows only one answer.
    for (int i = 0; i < push.rules.repeat; ++i)
        co_await deliver_once(*url, push, ++delivered.deliveries);
    co_return delivered;
}

Task<void> Courier::deliver_into(Push push, std::shared_ptr<Batch> batch, std::size_t index)
{
    auto delivered = co_await deliver(std::move(push));
    batch->delivered[index] = std::move(delivered);
    if (--batch->open == 0)
        batch->done.cancel();
}

Task<std::vector<Delivered>> Courier::deliver_all(std::vector<Push> pushes, bool at_once)
{
    const auto batch = std::make_shared<Batch>(
        std::vector<Delivered>(pushes.size()), pushes.size(), Timer{loop_, Timer::time_point::max()}
    );
    for (std::size_t i = 0; i < pushes.size(); ++i) {
        auto one = deliver_into(std::move(pushes[i]), batch, i);
        if (at_once)
            asio::co_spawn(loop_, std::move(one), asio::detached);
        else
            co_await std::move(one);
    }
    while (batch->open > 0)
        co_await batch->done.async_wait(outcome);
    co_return std::move(batch->delivered);
}

// Counted from the start on, though it begins a little later.
Task<void> Courier::forget(Push push, std::shared_ptr<const Counted>)
{
    co_await deliver(std::move(push));
}

void Courier::start(Push push)
{
    auto counted = std::make_shared<const Counted>(*this);
    asio::co_spawn(loop_, forget(std::move(push), std::move(counted)), asio::detached);
}

void Courier::start_due()
{
    for (auto& push : std::exchange(platform_.due, {}))
        start(std::move(push));
}

Task<void> Courier::settle()
{
    start_due();
    const auto under_way = under_way_;
    while (under_way->count > 0)
        co_await under_way->settled.async_wait(outcome);
}

Task<bool> Courier::verify(std::string app_id)
{
    auto& account = *platform_.find(app_id);
    auto url = parse_url(account.settings.callback_url);
    if (!url)
        co_return false;
    // wechat-protocol.md 1.2: a decimal number of about 19 digits.
    const auto echostr = platform_.random.digits(19);
    CallbackCall call{
        .url = std::move(*url),
        .query = codec::make_check(
            account.callback, seconds_text(platform_.clock.now()), platform_.random.digits(10), echostr
        ),
    };
    Deadline deadline{loop_, platform_.clock, answer_within, patience_};
    const auto answer = co_await caller_.call(std::move(call), deadline);
    account.reachable = answer.connected;
    co_return answer.status == 200 && answer.body == echostr;
}

}  // namespace simulator
