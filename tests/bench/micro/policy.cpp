// Deciding: step for what happens most, and the words of an automatic text.
#include "micro/allocations.hpp"
#include "policy/step.hpp"

#include <chrono>
#include <utility>
#include <vector>

namespace {

using namespace wechat;
using namespace std::chrono_literals;

const Time now = from_seconds(1'700'000'000);

policy::Rules rules()
{
    policy::Rules rules;
    rules.customer = "Harbour Bank";
    rules.texts = std::make_shared<texts::Catalog>(*texts::built_in("en"));
    return rules;
}

policy::Conversation after(const policy::Rules& rules, const std::vector<policy::Event>& events)
{
    policy::Conversation conversation;
    for (const auto& event : events)
        conversation = policy::step(rules, std::move(conversation), event, now).conversation;
    return conversation;
}

// The contact has written, ana takes part, and the welcome has gone out.
std::vector<policy::Event> opening()
{
    return {
        policy::ContactWrote{.at = now, .text = "Hello"},
        policy::ParticipantsSet{.participants = {Employee{"ana"}}},
        policy::AttemptStarting{.attempt = 1},
        policy::AttemptEnded{.attempt = 1},
    };
}

void step(benchmark::State& state, const policy::Event& event)
{
    const auto all = rules();
    const auto conversation = after(all, opening());
    const bench::Allocations counted{state};
    for (auto _ : state)
        benchmark::DoNotOptimize(policy::step(all, conversation, event, now + 1min));
}
BENCHMARK_CAPTURE(step, contact_writes, policy::ContactWrote{.at = now + 1min, .text = "Is my card ready?"});
BENCHMARK_CAPTURE(
    step,
    employee_sends,
    policy::EmployeeSent{.message = {.id = ClientId{"m1"}, .sender = Employee{"ana"}, .bytes = 20}}
);
BENCHMARK_CAPTURE(step, tick, policy::Tick{});

void text(benchmark::State& state)
{
    const auto all = rules();
    const auto values = policy::values_of(all);
    const bench::Allocations counted{state};
    for (auto _ : state)
        benchmark::DoNotOptimize(all.texts->render(texts::ContactText::on_hold, values));
}
BENCHMARK(text);

}  // namespace
