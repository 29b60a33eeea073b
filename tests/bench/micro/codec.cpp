// A callback from the bytes of its request to its words: what every callback costs before anything is decided.
#include "callback_stream.hpp"
#include "codec/base64.hpp"
#include "codec/callback.hpp"
#include "codec/document.hpp"
#include "codec/request.hpp"
#include "codec/signature.hpp"
#include "micro/allocations.hpp"

#include <stdexcept>
#include <vector>

namespace {

using namespace wechat;

// Many different ones, so that no branch predictor learns them by heart.
const std::vector<codec::CallbackRequest>& requests()
{
    static const auto made = [] {
        bench::CallbackStream stream{bench::Crowd{}, from_seconds(1'700'000'000)};
        std::vector<codec::CallbackRequest> all;
        for (int i = 0; i < 1000; ++i)
            all.push_back(stream.next());
        return all;
    }();
    return made;
}

const std::vector<std::string>& documents()
{
    static const auto made = [] {
        const auto account = bench::account_number(0);
        std::vector<std::string> all;
        for (const auto& request : requests()) {
            const auto query = codec::parse_query(request.query);
            const auto encrypt = codec::encrypted_part(request.body).value();
            const codec::Signed by{query.msg_signature, query.timestamp, query.nonce};
            all.push_back(codec::open_signed(*account, by, encrypt).value());
        }
        return all;
    }();
    return made;
}

template <class Work>
void over(benchmark::State& state, const std::vector<codec::CallbackRequest>& all, const Work& work)
{
    std::size_t i = 0;
    const bench::Allocations counted{state};
    for (auto _ : state)
        work(all[i++ % all.size()]);
}

void callback(benchmark::State& state)
{
    const auto account = bench::account_number(0);
    over(state, requests(), [&](const codec::CallbackRequest& request) {
        auto read = codec::read_callback(*account, codec::parse_query(request.query), request.body);
        if (!read)
            throw std::logic_error("a callback of our own is refused");
        benchmark::DoNotOptimize(read);
    });
}
BENCHMARK(callback);

void query(benchmark::State& state)
{
    over(state, requests(), [](const codec::CallbackRequest& request) {
        benchmark::DoNotOptimize(codec::parse_query(request.query));
    });
}
BENCHMARK(query);

void signature(benchmark::State& state)
{
    const auto account = bench::account_number(0);
    over(state, requests(), [&](const codec::CallbackRequest& request) {
        benchmark::DoNotOptimize(
            codec::signature_of({account->callback_token.reveal(), "1700000000", "123456789", request.body})
        );
    });
}
BENCHMARK(signature);

void opening(benchmark::State& state)
{
    const auto account = bench::account_number(0);
    const auto sealed = codec::from_base64(codec::encrypted_part(requests().front().body).value()).value();
    const bench::Allocations counted{state};
    for (auto _ : state)
        benchmark::DoNotOptimize(codec::open_envelope(sealed, *account->aes_key, account->app_id.str()));
}
BENCHMARK(opening);

void parsing(benchmark::State& state)
{
    std::size_t i = 0;
    const auto& all = documents();
    const bench::Allocations counted{state};
    for (auto _ : state)
        benchmark::DoNotOptimize(codec::parse_callback(all[i++ % all.size()]));
}
BENCHMARK(parsing);

}  // namespace
