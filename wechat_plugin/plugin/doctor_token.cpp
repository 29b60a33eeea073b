#include "codec/api.hpp"
#include "codec/errcode.hpp"
#include "codec/http_date.hpp"
#include "plugin/doctor_account.hpp"

namespace wechat::plugin {
namespace {

using channel::Examined;
using Steps = std::vector<Examined>;

// R6: we stop sending 60 s before a window ends; a clock that is off by more sends into closed windows.
constexpr Duration most_skew = std::chrono::seconds{60};
constexpr Duration noted_skew = std::chrono::seconds{5};

Examined examine_clock(const Answered& answer, Time now)
{
    const auto theirs = codec::read_http_date(answer.date);
    if (!theirs)
        return skipped("clock", "WeChat's answer says no time");
    const auto skew = now - *theirs;
    const auto size = std::chrono::abs(skew);
    const auto text = "our clock is " + std::to_string(size.count()) + " s "
                    + (skew.count() < 0 ? "behind" : "ahead of") + " WeChat's";
    const auto remedy =
        "Let this machine keep time (systemd-timesyncd, chrony): windows are counted by WeChat's clock.";
    if (size > most_skew)
        return wrong("clock", text, remedy);
    if (size > noted_skew)
        return doubtful("clock", text, remedy);
    return healthy("clock", text);
}

// "invalid ip 1.2.3.4 ipv6 ::ffff:1.2.3.4, not in whitelist": the address; empty where the words have changed.
std::string address_in(std::string_view words)
{
    constexpr std::string_view mark = "invalid ip ";
    const auto at = words.find(mark);
    if (at == std::string_view::npos)
        return {};
    const auto rest = words.substr(at + mark.size());
    return std::string{rest.substr(0, rest.find_first_not_of("0123456789abcdefABCDEF.:"))};
}

bool is_about_our_address(std::int64_t errcode)
{
    return errcode == 40164 || errcode == 61004 || (errcode >= 89501 && errcode <= 89507);
}

Examined refused_address(const Answered& answer)
{
    const auto address = address_in(answer.words);
    const auto which = address.empty() ? "this machine's public address" : address;
    if (answer.errcode >= 89501)
        return wrong(
            "allow_list",
            answer.in_words(),
            "Have an administrator of the account confirm " + which + " in WeChat. "
                + sentence(codec::row_of(answer.errcode).words)
        );
    return wrong(
        "allow_list",
        answer.in_words(),
        "Add " + which + " to the account's IP allow-list (WeChat developer platform, account, keys)."
    );
}

}  // namespace

Steps examine_token(const Answered& answer, Time now)
{
    Steps steps{examine_clock(answer, now)};
    if (is_about_our_address(answer.errcode)) {
        steps.push_back(refused_address(answer));
        steps.push_back(skipped("token", "WeChat gives none to an address that is not allowed"));
        return steps;
    }
    if (!answer.fault.empty()) {
        steps.push_back(skipped("allow_list", "WeChat has not answered"));
        steps.push_back(wrong("token", answer.fault, "Look at what stands between this machine and WeChat."));
        return steps;
    }
    if (answer.errcode != 0) {
        steps.push_back(skipped("allow_list", "WeChat does not say, as it refuses the account"));
        steps.push_back(
            wrong("token", answer.in_words(), sentence(codec::row_of_token_fault(answer.errcode).words))
        );
        return steps;
    }
    steps.push_back(healthy("allow_list", "WeChat takes calls from this machine's address"));
    if (codec::read_access_token(answer.body))
        steps.push_back(healthy("token", "WeChat takes app_id and app_secret"));
    else
        steps.push_back(wrong(
            "token", "WeChat's answer has no token", "Look at what stands between this machine and WeChat."
        ));
    return steps;
}

}  // namespace wechat::plugin
