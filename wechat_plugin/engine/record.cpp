#include "engine/record.hpp"

#include "engine/translate.hpp"
#include "policy/step.hpp"

#include <algorithm>

namespace wechat::engine {
namespace {

class Recording {
public:
    Recording(
        store::Unit& unit, const store::Key& key, const Input& input, const policy::Rules& rules, Time now
    )
        : unit_(unit), key_(key), input_(input), rules_(rules), now_(now)
    {}

    Recorded all()
    {
        recorded_.conversation = unit_.conversation();
        if (input_.event_id && !unit_.first_sight_of(*input_.event_id, now_)) {
            recorded_.is_new = false;
            recorded_.answer = unit_.answer_to(*input_.event_id);
            return std::move(recorded_);
        }
        if (const auto* sent = std::get_if<policy::EmployeeSent>(&input_.event); sent && known(sent->message))
            return std::move(recorded_);
        decide();
        if (const auto* cancel = std::get_if<policy::EmployeeCancelled>(&input_.event); cancel)
            report_if_silent(cancel->id);
        return std::move(recorded_);
    }

private:
    // S8: the same id is the same message; its present state is reported, with the revision it had.
    bool known(const policy::Message& message)
    {
        if (const auto stored = unit_.message(message.id)) {
            report_again(*stored);
            recorded_.is_new = false;
            return true;
        }
        store::Message fresh;
        fresh.id = message.id;
        fresh.sender = message.sender;
        fresh.content = input_.content.value_or(Content{});
        fresh.changed = now_;
        unit_.put(fresh);
        return false;
    }

    void decide()
    {
        auto decision = policy::step(rules_, unit_.load(), input_.event, now_);
        recorded_.wake_at = policy::wake_at(rules_, decision.conversation);
        unit_.save(decision.conversation, recorded_.wake_at);
        for (const auto& effect : decision.effects)
            std::visit([this](const auto& e) { on(e); }, effect);
        recorded_.effects = std::move(decision.effects);
        conclude_attempt();
    }

    // The row of an attempt lives from Send to its end. One that may not start has been withdrawn or put back.
    void conclude_attempt()
    {
        for (const auto& upload : input_.uploads)
            unit_.remember(upload);
        if (std::holds_alternative<policy::AttemptStarting>(input_.event)) {
            if (recorded_.may_start)
                unit_.set_started(input_.row, true);
            else
                unit_.remove(input_.row);
        } else if (const auto* later = std::get_if<policy::AttemptPutOff>(&input_.event)) {
            recorded_.withdrawn = withdraws(later->attempt);
            if (recorded_.withdrawn)
                unit_.remove(input_.row);
            else
                unit_.set_started(input_.row, false);
        } else if (std::holds_alternative<policy::AttemptEnded>(input_.event)) {
            unit_.remove(input_.row);
        }
    }

    [[nodiscard]] bool withdraws(std::uint64_t attempt) const
    {
        return std::ranges::any_of(recorded_.effects, [&](const policy::Effect& effect) {
            const auto* withdraw = std::get_if<policy::Withdraw>(&effect);
            return withdraw != nullptr && withdraw->attempt == attempt;
        });
    }

    // A cancel is always answered (abi.h): by the policy, or with the state the message is in.
    void report_if_silent(const ClientId& id)
    {
        const auto reports_it = [&](const policy::Effect& effect) {
            const auto* report = std::get_if<policy::Report>(&effect);
            return report != nullptr && report->id == id;
        };
        if (std::ranges::any_of(recorded_.effects, reports_it))
            return;
        if (const auto stored = unit_.message(id)) {
            report_again(*stored);
            return;
        }
        policy::Report unknown;
        unknown.id = id;
        unknown.state = policy::State::refused;
        unknown.reason = policy::Reason::unknown_message;
        unknown.words = "nobody has sent a message with this id";
        append(store::Report{.report = unknown, .revision = 0, .happened = now_});
    }

    void report_again(const store::Message& message)
    {
        auto report = message.state;
        report.id = message.id;
        append(store::Report{.report = report, .revision = message.revision, .happened = message.changed});
    }

    void append(store::Payload payload)
    {
        store::Row row;
        row.id = unit_.append(payload);
        row.conversation = unit_.conversation();
        row.key = key_;
        row.payload = std::move(payload);
        recorded_.rows.push_back(std::move(row));
    }

    void on(const policy::OfferMessage&) { append(input_.item.value_or(store::Item{})); }

    void on(const policy::OfferEvent& effect)
    {
        auto item = input_.item.value_or(store::Item{});
        item.name = effect.name;
        for (const auto& [name, value] : effect.data)
            item.data[name] = value;
        append(std::move(item));
    }

    void on(const policy::Tell& effect) { append(notice(effect, now_)); }
    void on(const policy::Echo& effect) { append(echo(effect, now_)); }
    void on(const policy::Answer& effect)
    {
        recorded_.answer = effect.text;
        if (input_.event_id)
            unit_.remember_answer(*input_.event_id, effect.text);
    }
    void on(const policy::Send& effect) { append(effect); }
    void on(const policy::Start&) { recorded_.may_start = true; }
    void on(const policy::Withdraw&) {}  // its row goes when the pump asks whether it may start
    void on(const policy::Remark&) {}    // for the log alone

    void on(const policy::Report& effect)
    {
        auto message = unit_.message(effect.id);
        if (!message) {
            // Of an unknown message (a cancel): an answer without a revision of its own.
            append(store::Report{.report = effect, .revision = 0, .happened = now_});
            return;
        }
        message->state = effect;
        message->state.id = {};
        message->revision += 1;
        message->changed = now_;
        unit_.put(*message);
        append(store::Report{.report = effect, .revision = message->revision, .happened = now_});
    }

    store::Unit& unit_;
    const store::Key& key_;
    const Input& input_;
    const policy::Rules& rules_;
    Time now_;
    Recorded recorded_ = {};
};

}  // namespace

store::Row record_late(store::Unit& unit, const store::Key& key, const LateFile& news, Time now)
{
    store::Row row;
    row.conversation = unit.conversation();
    row.key = key;
    if (news.row == 0) {
        row.payload = news.fetch;
    } else {
        unit.remove(news.row);
        row.payload = late_item(news, now);
    }
    row.id = unit.append(row.payload);
    return row;
}

Recorded
record(store::Unit& unit, const store::Key& key, const Input& input, const policy::Rules& rules, Time now)
{
    return Recording{unit, key, input, rules, now}.all();
}

}  // namespace wechat::engine
