#include "platform/certificates.hpp"
#include "webhook/a_server.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <array>
#include <csignal>
#include <sys/resource.h>
#include <sys/wait.h>

using namespace wechat;
using namespace wechat::webhook;

namespace {

const std::string post = "POST /wechat/harbour-bank HTTP/1.1\r\nHost: h\r\n";
const std::string chunked = post + "Transfer-Encoding: chunked\r\n\r\n";

struct Broken {
    const char* what;
    std::string bytes;
    int status;
};
std::ostream& operator<<(std::ostream& out, const Broken& broken)
{
    return out << broken.what;
}

const std::array<Broken, 13> broken_requests{{
    {"two lengths that differ", post + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400},
    {"a length and chunks",
     post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
     400},
    {"chunks and a length",
     post + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
     400},
    {"a negative length", post + "Content-Length: -1\r\n\r\n", 400},
    {"a length beyond 64 bits", post + "Content-Length: 99999999999999999999\r\n\r\n", 400},
    {"a length of 64 bits", post + "Content-Length: 18446744073709551615\r\n\r\n", 413},
    {"a chunk's size that is no number", chunked + "xyz\r\nabc\r\n0\r\n\r\n", 400},
    {"a chunk's size beyond 64 bits", chunked + "11111111111111111\r\nabc\r\n", 400},
    {"a chunk that is longer than it says", chunked + "3\r\nabcdef\r\n0\r\n\r\n", 400},
    {"a flood in a chunk's extension",
     chunked + "3;x=" + std::string(1 << 20, 'x') + "\r\nabc\r\n0\r\n\r\n",
     431},
    {"a flood after the last chunk", chunked + "0\r\nX: " + std::string(1 << 20, 'x') + "\r\n\r\n", 431},
    {"a NUL in a field", post + std::string("X: a\0b\r\n\r\n", 10), 400},
    {"a field without a name", post + ": x\r\n\r\n", 400},
}};

// Connects so many peers that say nothing, from a process of their own: both ends of 10,000 are more descriptors than
// one process may be allowed. Made before the server, because a process with threads is not to be forked.
class IdlePeers {
public:
    explicit IdlePeers(int count)
    {
        (void)!::pipe(to_child_.data());
        (void)!::pipe(from_child_.data());
        child_ = ::fork();
        if (child_ == 0) {
            ::close(to_child_[1]);
            connect_all(count);
        }
        ::close(to_child_[0]);
        ::close(from_child_[1]);
    }
    IdlePeers(const IdlePeers&) = delete;
    IdlePeers& operator=(const IdlePeers&) = delete;
    ~IdlePeers()
    {
        leave();
        ::close(from_child_[0]);
    }

    // How many have connected.
    int connect(std::uint16_t port)
    {
        int connected = 0;
        (void)!::write(to_child_[1], &port, sizeof port);
        (void)!::read(from_child_[0], &connected, sizeof connected);
        return connected;
    }
    void leave()
    {
        if (child_ <= 0)
            return;
        ::close(to_child_[1]);
        ::waitpid(child_, nullptr, 0);
        child_ = 0;
    }

private:
    [[noreturn]] void connect_all(int count) const
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        int connected = 0;
        std::uint16_t port = 0;
        if (::read(to_child_[0], &port, sizeof port) == sizeof port) {
            address.sin_port = htons(port);
            for (int i = 0; i < count; ++i) {
                const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
                if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
                    ++connected;
            }
            (void)!::write(from_child_[1], &connected, sizeof connected);
            (void)!::read(to_child_[0], &port, sizeof port);  // until the parent lets go
        }
        ::_exit(0);
    }

    std::array<int, 2> to_child_{}, from_child_{};
    pid_t child_ = 0;
};

void allow_many_files()
{
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_hostile_peer)

BOOST_DATA_TEST_CASE(is_told_what_is_wrong_and_cut_off_with, broken_requests)
{
    AServer it;
    Peer peer{it.port};
    peer.write(sample.bytes);

    BOOST_TEST(peer.status() == sample.status);
    BOOST_TEST(peer.closed());
    BOOST_TEST(it.applied == 0);
    Peer other{it.port};
    other.write(it.message("Hello"));
    BOOST_TEST(other.status() == 200);
}

BOOST_FIXTURE_TEST_CASE(gets_nothing_applied_by_a_body_shorter_than_it_says, AServer)
{
    const auto whole = message("Hello");
    {
        Peer peer{port};
        peer.write(whole.substr(0, whole.size() - 1));
        until([](const Figures& figures) { return figures.requests == 1; });
    }
    until([](const Figures& figures) { return figures.cut_off == 1; });
    BOOST_TEST(applied == 0);
}

BOOST_FIXTURE_TEST_CASE(has_what_goes_beyond_a_body_s_length_read_as_the_next_request, AServer)
{
    Peer peer{port};
    peer.write(message("Hello") + "and more\r\n\r\n");

    BOOST_TEST(peer.status() == 200);
    BOOST_TEST(peer.status() == 400);
    BOOST_TEST(peer.closed());
    BOOST_TEST(applied == 1);
}

BOOST_FIXTURE_TEST_CASE(may_pipeline_and_has_one_request_in_hand_at_a_time, AServer)
{
    constexpr int many = 200;
    std::string all = message("Wait");
    for (int i = 1; i < many; ++i)
        all += message("Hello");
    Peer peer{port};
    peer.write(all);
    while (in_hand < 1)
        std::this_thread::yield();
    BOOST_TEST(applied == 0);
    BOOST_TEST(figures().requests == 1U);

    let_go();
    for (int i = 0; i < many; ++i)
        BOOST_TEST(peer.status() == 200);
    BOOST_TEST(applied == many);
}

BOOST_FIXTURE_TEST_CASE(that_vanishes_before_its_answer_harms_nobody, AServer)
{
    {
        Peer peer{port};
        peer.write(message("Wait"));
        while (in_hand < 1)
            std::this_thread::yield();
    }
    let_go();
    until([](const Figures& figures) { return figures.connections == 0; });
    BOOST_TEST(applied == 1);  // it is durable, and WeChat comes again

    Peer other{port};
    other.write(message("Hello"));
    BOOST_TEST(other.status() == 200);
}

BOOST_FIXTURE_TEST_CASE(
    with_a_thousand_bad_signatures_reaches_no_store_and_a_line_a_second_of_the_log, AServer
)
{
    const auto begin = std::chrono::steady_clock::now();
    auto forged = message("Hello");
    const auto signature = forged.find("msg_signature=") + 14;
    forged[signature] = forged[signature] == '0' ? '1' : '0';
    for (int i = 0; i < 1000; ++i) {
        Peer peer{port};
        peer.write(forged);
        BOOST_TEST(peer.status() == 403);
    }
    const auto seconds = std::chrono::steady_clock::now() - begin;

    BOOST_TEST(applied == 0);
    BOOST_TEST(figures().forged == 1000U);
    BOOST_TEST(lines >= 1);
    BOOST_TEST(lines <= 1 + seconds / 1s);
}

BOOST_AUTO_TEST_CASE(that_speaks_no_tls_where_it_is_asked_for_is_cut_off)
{
    const scripted::Certificates certificates;
    const auto tls = certificates.signed_for("hook", "DNS:localhost");
    Limits limits;
    limits.arrival = 1s;
    AServer it{limits, Certificate{.chain_file = tls.certificate, .key_file = tls.key}};
    Peer garbage{it.port}, half{it.port}, silent{it.port};
    garbage.write(std::string(5000, '\xA5'));
    half.write(std::string("\x16\x03\x01\x02", 4));  // the beginning of a handshake

    while (!garbage.closed()) {
    }
    BOOST_TEST(half.closed());
    BOOST_TEST(silent.closed());
    Peer good{it.port, true};
    good.write(it.message("Hello"));
    BOOST_TEST(good.status() == 200);
}

BOOST_AUTO_TEST_CASE(may_hold_ten_thousand_connections_that_say_nothing)
{
    constexpr int many = 10'000;
    allow_many_files();
    IdlePeers idle{many};
    AServer it;
    BOOST_TEST_REQUIRE(idle.connect(it.port) == many);
    it.until([](const Figures& figures) { return figures.connections == many; });

    Peer peer{it.port};
    peer.write(it.message("Hello"));
    BOOST_TEST(peer.status() == 200);

    idle.leave();
    it.until([](const Figures& figures) { return figures.connections == 1; });
    peer.write(it.message("Hello again"));
    BOOST_TEST(peer.status() == 200);
}

BOOST_AUTO_TEST_SUITE_END()
