#include "simulator/request_body.hpp"
#include "simulator/script.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <thread>
#include <utility>

namespace simulator {
namespace {

namespace json = boost::json;

constexpr Milliseconds patience{5000};
constexpr std::chrono::milliseconds glance{10};

// What is expected may leave out fields of an object, but nothing of a list.
bool fits(const json::value& expected, const json::value& found)
{
    if (const auto* const object = expected.if_object())
        return found.is_object() && std::ranges::all_of(*object, [&](const json::key_value_pair& field) {
                   const auto* const value = found.get_object().if_contains(field.key());
                   return value != nullptr && fits(field.value(), *value);
               });
    if (const auto* const list = expected.if_array())
        return found.is_array() && std::ranges::equal(*list, found.get_array(), fits);
    return expected == found;
}

// Of what was found, the fields that were asked for: a difference is read by people.
json::value reduced(const json::value& found, const json::value& expected)
{
    if (const auto* const list = expected.if_array(); list != nullptr && found.is_array()) {
        json::array all;
        for (std::size_t i = 0; i < found.get_array().size(); ++i)
            all.push_back(reduced(
                found.get_array()[i], list->empty() ? json::value{} : (*list)[std::min(i, list->size() - 1)]
            ));
        return all;
    }
    if (!expected.is_object() || !found.is_object())
        return found;
    json::object some;
    for (const auto& field : expected.get_object())
        if (const auto* const value = found.get_object().if_contains(field.key()))
            some[field.key()] = reduced(*value, field.value());
    return some;
}

class Player {
public:
    Player(Server& server, const std::function<void(const std::string&)>& say) : server_(server), say_(say) {}

    void play(const Step& step)
    {
        line_ = step.line;
        if (const auto contact = text_in(step.beside, "contact"))
            contact_ = *contact;
        constexpr std::array<std::pair<std::string_view, void (Player::*)(const Step&)>, 13> own{{
            {"account", &Player::account},
            {"use", &Player::use},
            {"burst", &Player::burst},
            {"advance", &Player::advance},
            {"fault", &Player::fault},
            {"clear_faults", &Player::clear_faults},
            {"refuse", &Player::refuse},
            {"settle", &Player::settle},
            {"wait", &Player::wait},
            {"say", &Player::say},
            {"phone", &Player::phone},
            {"window", &Player::window},
            {"requests", &Player::requests},
        }};
        const auto* const found =
            std::ranges::find(own, std::string_view{step.word}, &decltype(own)::value_type::first);
        if (found != own.end())
            (this->*found->second)(step);
        else
            act(step);
    }

    [[nodiscard]] std::vector<StepDifference> differences() { return std::move(differences_); }

private:
    [[nodiscard]] std::string account_path() const { return "/sim/accounts/" + account_; }
    [[nodiscard]] std::string contact_path() const { return account_path() + "/contacts/" + contact_ + "/"; }

    void differs(std::string text) { differences_.push_back({line_, std::move(text)}); }

    void differs(const std::string& what, const json::value& expected, const json::value& found)
    {
        differs(
            what + ": expected " + json::serialize(expected) + ", found "
            + json::serialize(reduced(found, expected))
        );
    }

    json::value ask(const std::string& method, const std::string& path, const json::value& body = nullptr)
    {
        const auto response =
            server_.control(method, path, body.is_null() ? std::string{} : json::serialize(body));
        auto answer = json::parse(response.body);
        if (response.status != 200)
            differs(response.body);
        return answer;
    }

    // Asks, and compares with what the step wants answered.
    void
    ask_for(const Step& step, const std::string& method, const std::string& path, const json::value& body)
    {
        const auto found = ask(method, path, body);
        if (const auto* const expected = step.beside.if_contains("answer");
            expected != nullptr && !fits(*expected, found))
            differs(step.word, *expected, found);
    }

    void account(const Step& step)
    {
        const auto* const object = step.what.if_object();
        account_ = object != nullptr ? text_in(*object, "app_id").value_or("") : std::string{};
        ask_for(step, "PUT", account_path(), step.what);
    }

    void use(const Step& step) { account_ = step.what.is_string() ? step.what.get_string().c_str() : ""; }
    void burst(const Step& step) { ask_for(step, "POST", account_path() + "/burst", step.what); }
    // `unfollow:` and `follow:` need no more words.
    void act(const Step& step)
    {
        ask_for(
            step,
            "POST",
            contact_path() + step.word,
            step.what.is_object() ? step.what : json::value(json::object{})
        );
    }
    void fault(const Step& step) { ask("POST", "/sim/faults", step.what); }
    void clear_faults(const Step&) { ask("DELETE", "/sim/faults"); }
    void settle(const Step&) { ask("POST", "/sim/settle"); }
    void advance(const Step& step) { ask("POST", "/sim/clock", json::object{{"advance", step.what}}); }
    void refuse(const Step& step)
    {
        ask("POST", "/sim/refuse", json::object{{"for_ms", duration(step.what).count()}});
    }
    void wait(const Step& step) { std::this_thread::sleep_for(duration(step.what)); }
    void say(const Step& step)
    {
        say_(step.what.is_string() ? std::string{step.what.get_string()} : json::serialize(step.what));
    }

    Milliseconds duration(const json::value& value)
    {
        const auto text = value.is_string() ? parse_duration(value.get_string().c_str()) : std::nullopt;
        if (!text && !value.is_int64())
            differs("expected a duration such as 200ms or 5s, found " + json::serialize(value));
        return text ? *text : Milliseconds{value.is_int64() ? value.get_int64() : 0};
    }

    // A server may answer a little later than the callback: what is expected has time to come.
    template <class Look>
    void await(const Step& step, const Look& look)
    {
        const auto* const within = step.beside.if_contains("within");
        const auto ends =
            std::chrono::steady_clock::now() + (within != nullptr ? duration(*within) : patience);
        while (!look() && std::chrono::steady_clock::now() < ends)
            std::this_thread::sleep_for(glance);
    }

    void phone(const Step& step)
    {
        const auto wanted = step.what.is_array() ? step.what.get_array().size() : 0;
        auto& seen = seen_[account_ + " " + contact_];
        json::array fresh;
        await(step, [&] {
            const auto lines = ask("GET", contact_path() + "phone");
            fresh.clear();
            if (lines.is_array())
                std::copy(
                    lines.get_array().begin() + static_cast<std::ptrdiff_t>(seen),
                    lines.get_array().end(),
                    std::back_inserter(fresh)
                );
            return fresh.size() >= wanted;
        });
        seen += fresh.size();
        if (!fits(step.what, fresh))
            differs("phone", step.what, fresh);
    }

    void window(const Step& step)
    {
        if (const auto found = ask("GET", contact_path() + "window"); !fits(step.what, found))
            differs("window", step.what, found);
    }

    // {path, count, last: {body, status ...}}
    void requests(const Step& step)
    {
        const auto* const wanted = step.what.if_object();
        if (wanted == nullptr || !only(*wanted, {"path", "count", "last"}))
            return differs("requests: expected {path, count, last}");
        json::object found;
        await(step, [&] {
            const auto list =
                ask("GET",
                    "/sim/requests?app_id=" + account_ + "&path=" + text_in(*wanted, "path").value_or(""));
            found["path"] = text_in(*wanted, "path").value_or("");
            found["count"] = list.get_array().size();
            found["last"] = list.get_array().empty() ? json::value(nullptr) : list.get_array().back();
            return fits(step.what, found);
        });
        if (!fits(step.what, found))
            differs("requests", step.what, found);
    }

    Server& server_;
    const std::function<void(const std::string&)>& say_;
    std::string account_;
    std::string contact_ = "contact";
    std::map<std::string, std::size_t> seen_;  // lines of each phone that were looked at
    int line_ = 0;
    std::vector<StepDifference> differences_;
};

}  // namespace

std::vector<StepDifference>
play(Server& server, const std::vector<Step>& steps, const std::function<void(const std::string&)>& say)
{
    Player player{server, say};
    for (const auto& step : steps)
        player.play(step);
    return player.differences();
}

}  // namespace simulator
