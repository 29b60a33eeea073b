// Posts callbacks at a fixed rate whatever the answers do, so that a stall shows in the percentiles; a closed loop
// such as wrk's would just post less. Latency counts from the planned moment.
//   bench-open-loop PORT FILE RATE SECONDS [CONNECTIONS] [ANSWERED]
// FILE is bench-make-callbacks'. Prints one line of JSON; into ANSWERED go the places in FILE of those told 200, and
// when, in ms since the epoch, each was due.
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using Tcp = asio::ip::tcp;
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<Tcp, Executor>;
using Task = asio::awaitable<void, Executor>;
constexpr asio::use_awaitable_t<Executor> use_task{};

constexpr auto patience = 10s;  // after the last one was due: twice as long as WeChat waits

struct Order {
    std::size_t place = 0;
    Clock::time_point due = {};
};

struct Run {
    std::vector<std::string> requests = {};
    std::vector<double> milliseconds = {};  // of each answer, from when it was due
    std::map<unsigned, std::size_t> statuses = {};
    std::vector<Order> answered = {};
    std::size_t broken = 0;  // connections that ended without an answer
    std::size_t late = 0;    // orders that waited 1 ms and more for a free connection
};

struct Connection {
    explicit Connection(Socket opened) : socket(std::move(opened)) {}
    Socket socket;
    boost::beast::flat_buffer buffer = {};
    bool free = true;
};

std::vector<std::string> read_requests(const char* name, std::size_t most)
{
    std::ifstream file{name, std::ios::binary};
    std::vector<std::string> requests;
    std::string size;
    while (requests.size() < most && std::getline(file, size)) {
        requests.emplace_back(std::strtoull(size.c_str(), nullptr, 10), '\0');
        file.read(requests.back().data(), static_cast<std::streamsize>(requests.back().size()));
    }
    return requests;
}

Task post(Run& run, Connection& connection, Order order)
{
    boost::system::error_code failure;
    const auto into = [&] { return asio::redirect_error(use_task, failure); };
    http::response_parser<http::string_body> answer;
    const auto& request = run.requests[order.place];
    co_await asio::async_write(connection.socket, asio::buffer(request), into());
    if (!failure)
        co_await http::async_read(connection.socket, connection.buffer, answer, into());
    if (failure) {
        ++run.broken;
        co_return;  // never free again
    }
    run.milliseconds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - order.due).count());
    ++run.statuses[answer.get().result_int()];
    if (answer.get().result_int() == 200)
        run.answered.push_back(order);
    if (answer.keep_alive()) {
        connection.free = true;
    } else {
        const auto peer = connection.socket.remote_endpoint(failure);
        connection.socket.close(failure);
        connection.buffer.clear();
        co_await connection.socket.async_connect(peer, into());
        connection.free = !failure;
    }
}

void write_answered(const char* name, const Run& run)
{
    const auto offset = std::chrono::system_clock::now().time_since_epoch() - Clock::now().time_since_epoch();
    std::ofstream file{name};
    file << std::fixed;
    for (const auto& order : run.answered) {
        const auto due = order.due.time_since_epoch() + offset;
        file << order.place << ' ' << std::chrono::duration<double, std::milli>(due).count() << '\n';
    }
}

void print(Run& run, double rate, double seconds)
{
    std::ranges::sort(run.milliseconds);
    const auto at = [&](double share) {
        const auto size = run.milliseconds.size();
        const auto place = static_cast<std::size_t>(share * static_cast<double>(size));
        return size == 0 ? 0.0 : run.milliseconds[std::min(size - 1, place)];
    };
    std::cout << "{\"rate\": " << rate << ", \"seconds\": " << seconds
              << ", \"answered\": " << run.milliseconds.size() << ", \"p50_ms\": " << at(0.5)
              << ", \"p99_ms\": " << at(0.99) << ", \"max_ms\": " << at(1) << ", \"broken\": " << run.broken
              << ", \"late\": " << run.late << ", \"statuses\": {";
    const char* comma = "";
    for (const auto& [status, count] : run.statuses)
        std::cout << std::exchange(comma, ", ") << '"' << status << "\": " << count;
    std::cout << "}}\n";
}

void drive(Run& run, asio::io_context& loop, std::deque<Connection>& connections, double rate)
{
    const auto gap = std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>{1 / rate});
    const auto begin = Clock::now() + 10ms;
    const auto end = begin + gap * static_cast<std::int64_t>(run.requests.size());
    std::deque<Order> waiting;
    std::size_t planned = 0;
    const auto open = [&] { return run.milliseconds.size() + run.broken < planned; };
    // Without a pause, on a processor of its own: a sleep would be part of the latency.
    for (auto now = Clock::now(); now < end + patience; now = Clock::now()) {
        for (; planned < run.requests.size() && begin + gap * static_cast<std::int64_t>(planned) <= now;
             ++planned)
            waiting.push_back({planned, begin + gap * static_cast<std::int64_t>(planned)});
        for (auto& connection : connections) {
            if (waiting.empty())
                break;
            if (!std::exchange(connection.free, false))
                continue;
            run.late += now - waiting.front().due > 1ms ? 1U : 0U;
            asio::co_spawn(loop, post(run, connection, waiting.front()), asio::detached);
            waiting.pop_front();
        }
        loop.restart();
        loop.poll();
        if (planned == run.requests.size() && waiting.empty() && !open())
            return;
    }
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc < 5) {
        std::cerr << "bench-open-loop PORT FILE RATE SECONDS [CONNECTIONS] [ANSWERED]\n";
        return 2;
    }
    const double rate = std::atof(argv[3]);
    const double seconds = std::min(120.0, std::atof(argv[4]));
    Run run;
    run.requests = read_requests(argv[2], static_cast<std::size_t>(rate * seconds));
    asio::io_context loop{1};
    const Tcp::endpoint server{
        asio::ip::address_v4::loopback(), static_cast<std::uint16_t>(std::atoi(argv[1]))};
    std::deque<Connection> connections;
    for (int i = argc > 5 ? std::atoi(argv[5]) : 64; i > 0; --i) {
        Socket socket{loop};
        socket.connect(server);
        socket.set_option(Tcp::no_delay(true));
        connections.emplace_back(std::move(socket));
    }
    drive(run, loop, connections, rate);
    print(run, rate, seconds);
    if (argc > 6)
        write_answered(argv[6], run);
}
