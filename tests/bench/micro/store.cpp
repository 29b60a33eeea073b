// Keeping: rows written and read, and what a commit costs alone and shared.
#include "store/store.hpp"

#include "callback_stream.hpp"
#include "micro/allocations.hpp"
#include "store/rows.hpp"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

namespace {

using namespace wechat;

const Time now = from_seconds(1'700'000'000);

policy::Conversation an_open_one()
{
    policy::Conversation conversation;
    conversation.phase = policy::Phase::open;
    conversation.window = 3;
    conversation.last_message = now;
    conversation.slots_used = 2;
    conversation.employee_sent = 2;
    conversation.employee_reached = conversation.announced = true;
    conversation.participants = conversation.told_participants = {Employee{"ana"}};
    conversation.participants_settled = true;
    conversation.attempts = 7;
    return conversation;
}

store::Payload a_message()
{
    store::Item item;
    item.kind = 1;
    item.id = "69f0ab0b15f5d2a1-23813376000000001";
    item.happened = now;
    item.content = Content{.text = "Hello, where is my card? I was told it would be ready."};
    return item;
}

void write_conversation(benchmark::State& state)
{
    const auto conversation = an_open_one();
    const bench::Allocations counted{state};
    for (auto _ : state)
        benchmark::DoNotOptimize(store::to_row(conversation));
}
BENCHMARK(write_conversation);

void read_conversation(benchmark::State& state)
{
    const auto row = store::to_row(an_open_one());
    const bench::Allocations counted{state};
    for (auto _ : state)
        benchmark::DoNotOptimize(store::read_conversation(row));
}
BENCHMARK(read_conversation);

void write_item(benchmark::State& state)
{
    const auto payload = a_message();
    const bench::Allocations counted{state};
    for (auto _ : state)
        benchmark::DoNotOptimize(store::to_row(payload));
}
BENCHMARK(write_item);

void read_item(benchmark::State& state)
{
    const auto row = store::to_row(a_message());
    const bench::Allocations counted{state};
    for (auto _ : state)
        benchmark::DoNotOptimize(store::read_payload(row));
}
BENCHMARK(read_item);

class AStore {
public:
    AStore()
    {
        auto pattern = (std::filesystem::temp_directory_path() / "bench-store-XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr)
            throw std::runtime_error("no temporary directory");
        folder_ = pattern;
        const auto file = (folder_ / "bench.db").string();
        store_ = store::open_sqlite(file, [](const std::function<void()>& answer) { answer(); }).value();
    }
    AStore(const AStore&) = delete;
    AStore& operator=(const AStore&) = delete;
    ~AStore()
    {
        store_.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    [[nodiscard]] store::Store& store() { return *store_; }

private:
    std::filesystem::path folder_;
    std::unique_ptr<store::Store> store_;
};

// What a callback stores: seen, the conversation, a row of the outbox. As many at once as the argument says.
void commit(benchmark::State& state)
{
    AStore open;
    const auto conversation = an_open_one();
    const auto payload = a_message();
    std::int64_t event = 0;
    for (auto _ : state) {
        for (auto left = state.range(0); left > 0; --left) {
            ++event;
            const auto contact = static_cast<std::uint64_t>(event * 7919 % 10'000);
            const auto work = [&, event](store::Unit& unit) {
                if (!unit.first_sight_of(event, now))
                    return;
                benchmark::DoNotOptimize(unit.load());
                unit.save(conversation, now);
                unit.append(payload);
            };
            open.store().run({AppId{"wx01"}, OpenId{bench::CallbackStream::openid(contact)}}, work, {});
        }
        open.store().flush();
    }
    state.counters["callbacks"] = benchmark::Counter(static_cast<double>(event), benchmark::Counter::kIsRate);
}
BENCHMARK(commit)->Arg(1)->Arg(64)->Arg(256)->MeasureProcessCPUTime()->UseRealTime();

}  // namespace
