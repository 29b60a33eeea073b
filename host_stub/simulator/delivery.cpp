#include "simulator/delivery.hpp"

#include "codec/push.hpp"

#include <string>
#include <utility>

namespace simulator {
namespace {

namespace codec = wechat::codec;

std::string seconds_text(Moment now) { return std::to_string(to_seconds(now).time_since_epoch().count()); }

}  // namespace

Task<CallbackAnswer> Courier::post(Url url, Push push)
{
    const auto& account = *platform_.find(push.app_id);
    const codec::Delivery delivery{
        .to = account.settings.original_id,
        .openid = wechat::OpenId{push.openid},
        .timestamp = seconds_text(platform_.clock.now()),
        .nonce = platform_.random.digits(10),
        .random = platform_.random.bytes(),
    };
    auto request = codec::make_request(account.callback, push.document, delivery);
    CallbackCall call{
        .url = std::move(url), .query = std::move(request.query), .body = std::move(request.body), .deadline = deadline_
    };
    auto answer = co_await exchange(loop_, tls_, std::move(call));
    co_return answer;
}

// MarkFail (wechat-protocol.md 1.6): after many failures a URL gets nothing for a minute.
void Courier::count(OfficialAccount& account, Answered answered)
{
    account.failed_in_a_row = worth_another(answered) ? account.failed_in_a_row + 1 : 0;
    if (platform_.rules.mark_fail_after == 0 || account.failed_in_a_row < platform_.rules.mark_fail_after)
        return;
    account.failed_in_a_row = 0;
    account.marked_failed_until = platform_.clock.now() + platform_.rules.mark_fail_pause;
}

Task<Delivered> Courier::deliver(Push push)
{
    Delivered delivered;
    // Accounts are never removed, so that this one outlives the wait.
    auto& account = *platform_.find(push.app_id);
    const auto url = parse_url(account.settings.callback_url);
    if (!url || platform_.clock.now() < account.marked_failed_until)
        co_return delivered;
    Understood understood;
    do {
        const auto answer = co_await post(*url, push);
        ++delivered.deliveries;
        understood = understand(platform_, account, push, answer);
    } while (worth_another(understood.answered) && delivered.deliveries < platform_.rules.deliveries);
    delivered.answered = understood.answered;
    delivered.shown = show(platform_, account, push, understood);
    count(account, understood.answered);
    // What is repeated though it was answered is answered again, but the phone shows only one answer.
    for (int i = 0; i < push.repeat; ++i) {
        const auto answer = co_await post(*url, push);
        ++delivered.deliveries;
    }
    co_return delivered;
}

Task<bool> Courier::verify(std::string app_id)
{
    const auto& account = *platform_.find(app_id);
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
        .deadline = deadline_,
    };
    const auto answer = co_await exchange(loop_, tls_, std::move(call));
    co_return answer.status == 200 && answer.body == echostr;
}

}  // namespace simulator
