#include "policy/one_conversation.hpp"

#include <boost/test/unit_test.hpp>

#include <utility>

namespace wechat::policy {

OneConversation::OneConversation()
{
    rules.customer = "harbour-bank";
    rules.supported = {Kind::text, Kind::image};
    rules.texts = std::make_shared<texts::Catalog>(*texts::built_in("en"));
}

void OneConversation::contact_writes(std::string_view text)
{
    contact_writes_ago(text, 0s);
}

void OneConversation::contact_writes_ago(std::string_view text, Duration ago)
{
    contact_said_ = text;
    apply(ContactWrote{.at = now - ago, .text = std::string{text}});
}

void OneConversation::contact_follows(std::string_view scene, Duration ago)
{
    apply(ContactFollowed{.at = now - ago, .scene = std::string{scene}});
}

void OneConversation::employee_sends(std::string_view id, std::string_view text, std::string_view sender)
{
    texts_[std::string{id}] = text;
    apply(EmployeeSent{{
        .id = ClientId{std::string{id}},
        .sender = Employee{std::string{sender}},
        .bytes = static_cast<std::uint32_t>(text.size()),
    }});
}

void OneConversation::employee_sends_image(std::string_view id, std::string_view sender)
{
    texts_[std::string{id}] = "(image)";
    apply(EmployeeSent{
        {.id = ClientId{std::string{id}}, .sender = Employee{std::string{sender}}, .kind = Kind::image}});
}

std::vector<Employee> OneConversation::employees(std::initializer_list<const char*> names)
{
    std::vector<Employee> result;
    for (const auto* name : names)
        result.emplace_back(name);
    return result;
}

void OneConversation::participants_are(std::initializer_list<const char*> names)
{
    apply(ParticipantsSet{employees(names)});
}

void OneConversation::wait(Duration duration)
{
    const auto until = now + duration;
    for (auto due = wake_at(rules, conversation); due && *due <= until; due = wake_at(rules, conversation)) {
        now = std::max(now, *due);
        apply(Tick{});
    }
    now = until;
}

void OneConversation::be_down(Duration duration)
{
    now += duration;
    apply(Tick{});
}

void OneConversation::platform_answers(Outcome outcome, std::int64_t errcode)
{
    answers_.push_back(
        {.outcome = outcome, .errcode = errcode, .words = "as the platform says", .rid = "rid-1"}
    );
}

void OneConversation::start()
{
    apply(AttemptStarting{attempt()});
}

void OneConversation::end(Outcome outcome, std::int64_t errcode)
{
    BOOST_TEST_REQUIRE(started_);
    if (outcome == Outcome::sent || outcome == Outcome::uncertain)
        show_on_the_phone();
    const auto ended = std::exchange(handed_out_, std::nullopt)->attempt;
    started_ = false;
    apply(AttemptEnded{
        .attempt = ended,
        .outcome = outcome,
        .errcode = errcode,
        .words = "as the platform says",
        .rid = "rid-1",
    });
}

void OneConversation::put_off()
{
    started_ = false;
    apply(AttemptPutOff{attempt()});
}

void OneConversation::release()
{
    held = false;
    run_pump();
}

template <class Key>
void OneConversation::set(Key key, std::optional<std::string_view> pattern)
{
    auto changed = std::make_shared<texts::Catalog>(*rules.texts);
    BOOST_TEST_REQUIRE(changed->set(key, pattern).empty());
    rules.texts = changed;
}

template void OneConversation::set(texts::ContactText, std::optional<std::string_view>);
template void OneConversation::set(texts::EmployeeText, std::optional<std::string_view>);

void OneConversation::apply(const Event& event)
{
    auto decision = step(rules, conversation, event, now);
    conversation = std::move(decision.conversation);
    for (const auto& effect : decision.effects)
        std::visit([&](const auto& e) { see(e); }, effect);
    if (!held)
        run_pump();
}

void OneConversation::run_pump()
{
    while (handed_out_ && !held) {
        held = true;  // start and end are this loop's, not the next step's
        if (!started_)
            start();
        if (started_) {
            const auto answer = answers_.empty() ? AttemptEnded{} : answers_.front();
            if (!answers_.empty())
                answers_.pop_front();
            end(answer.outcome, answer.errcode);
        }
        held = false;
    }
}

void OneConversation::see(const OfferMessage&)
{
    happened_.push_back("employees: " + contact_said_);
}

void OneConversation::see(const OfferEvent& event)
{
    auto line = "host: " + event.name;
    for (const auto& [name, value] : event.data)
        line += " " + value;
    happened_.push_back(std::move(line));
}

void OneConversation::see(const Tell& notice)
{
    last_notice_ = notice;
    happened_.push_back(
        "employees_auto: " + std::string{name_of(notice.key)} + (notice.text ? "" : ", no text")
    );
}

void OneConversation::see(const Echo& echo)
{
    if (!echo.text)
        happened_.push_back("contact_auto: " + std::string{name_of(echo.key)} + ", switched off");
}

void OneConversation::see(const Answer& answer)
{
    last_text_ = answer.text;
    happened_.push_back("contact_auto: answered");
}

void OneConversation::see(const Report& report)
{
    last_report_ = report;
    if (report.state == State::accepted)
        return;
    auto line = report.id.str() + ": " + std::string{name_of(report.state)};
    if (report.reason != Reason::none)
        line += ", " + std::string{name_of(report.reason)};
    happened_.push_back(std::move(line));
}

void OneConversation::see(const Send& send)
{
    BOOST_TEST_REQUIRE(nothing_in_the_air());
    handed_out_ = send;
    started_ = false;
}

void OneConversation::see(const Start& start)
{
    BOOST_TEST_REQUIRE(start.attempt == attempt());
    BOOST_TEST_REQUIRE(!started_);
    started_ = true;
}

void OneConversation::see(const Withdraw& withdraw)
{
    BOOST_TEST_REQUIRE(withdraw.attempt == attempt());
    BOOST_TEST_REQUIRE(!started_);
    handed_out_.reset();
}

void OneConversation::see(const Remark& remark)
{
    remarks_.push_back(remark.code);
}

void OneConversation::show_on_the_phone()
{
    if (handed_out_->automatic) {
        last_text_ = handed_out_->text;
        happened_.push_back("contact_auto: " + std::string{name_of(*handed_out_->automatic)});
        return;
    }
    std::string joined;
    for (const auto& id : handed_out_->messages)
        joined += (joined.empty() ? "" : "\n") + texts_[id.str()];
    happened_.push_back("contact: " + handed_out_->prefix + joined);
}

}  // namespace wechat::policy
