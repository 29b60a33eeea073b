#include "engine/decision_log.hpp"

namespace wechat::engine {
namespace {

// One line per decision; what a person wrote never stands in it.
struct Line {
    const Log& log;
    const Customer& customer;
    const OpenId& contact;
    Figures& figures;

    void operator()(const policy::OfferMessage&) const
    {
        ++figures.received;
        log(Level::debug,
            "message_received",
            "the contact wrote",
            {{"customer", customer}, {"contact", contact}});
    }
    void operator()(const policy::OfferEvent& effect) const
    {
        log(Level::info,
            "event_received",
            "the contact did something",
            {{"customer", customer}, {"contact", contact}, {"event", effect.name}});
    }
    void operator()(const policy::Tell& effect) const
    {
        ++figures.notices[std::string{texts::name_of(effect.key)}];
        log(Level::info,
            "employees_told",
            "a notice to the employees",
            {{"customer", customer}, {"contact", contact}, {"notice", texts::name_of(effect.key)}});
    }
    void operator()(const policy::Echo& effect) const
    {
        log(Level::info,
            "contact_told",
            "an automatic text to the contact",
            {{"customer", customer},
             {"contact", contact},
             {"text", texts::name_of(effect.key)},
             {"switched_off", !effect.text},
             {"uncertain", effect.uncertain}});
    }
    void operator()(const policy::Answer&) const {}  // the echo tells of it
    void operator()(const policy::Report& effect) const
    {
        ++figures.states[std::string{policy::name_of(effect.state)}];
        const bool bad = effect.state == policy::State::failed || effect.state == policy::State::uncertain;
        log(bad ? Level::warning : Level::info,
            "message_state",
            "the state of an employee's message",
            {{"customer", customer},
             {"contact", contact},
             {"id", effect.id},
             {"state", policy::name_of(effect.state)},
             {"reason", policy::name_of(effect.reason)},
             {"errcode", effect.errcode}});
    }
    void operator()(const policy::Send& effect) const
    {
        log(Level::debug,
            "send_decided",
            "a message is on its way",
            {{"customer", customer}, {"contact", contact}, {"attempt", effect.attempt}});
    }
    void operator()(const policy::Start&) const {}
    void operator()(const policy::Withdraw& effect) const
    {
        log(Level::info,
            "send_withdrawn",
            "a message is not sent after all",
            {{"customer", customer}, {"contact", contact}, {"attempt", effect.attempt}});
    }
    void operator()(const policy::Remark& effect) const
    {
        std::string details;
        for (const auto& [name, value] : effect.data)
            details += (details.empty() ? "" : " ") + name + "=" + value;
        log(Level::info,
            effect.code,
            "the policy remarks",
            {{"customer", customer}, {"contact", contact}, {"details", details}});
    }
};

}  // namespace

void write_down(
    const policy::Effects& effects,
    const Customer& customer,
    const OpenId& contact,
    const Log& log,
    Figures& figures
)
{
    for (const auto& effect : effects)
        std::visit(Line{log, customer, contact, figures}, effect);
}

}  // namespace wechat::engine
