#include "web.hpp"

#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/websocket.hpp>

namespace {

using namespace host;
using namespace host::test;
using boost::test_tools::per_element;
using channel::State;

namespace beast = boost::beast;
namespace websocket = beast::websocket;

/// A page that listens to what happens.
class Listener {
public:
    Listener(const Web& web, const std::string& target) : stream_(loop_)
    {
        beast::get_lowest_layer(stream_).connect(
            {boost::asio::ip::make_address("127.0.0.1"), web.site->port()}
        );
        stream_.handshake(web.authority(), target);
    }

    boost::json::object next()
    {
        beast::flat_buffer buffer;
        stream_.read(buffer);
        last_ = boost::json::parse(beast::buffers_to_string(buffer.data())).as_object();
        return last_;
    }

    /// "message Hello", "state m1 sent", "conversation ana".
    std::string words()
    {
        const auto event = next();
        const auto type = std::string{event.at("type").as_string()};
        if (type == "message")
            return type + " " + std::string{event.at("message").at("text").as_string()};
        if (type == "state")
            return type + " " + std::string{event.at("client_id").as_string()} + " "
                 + std::string{event.at("state").as_string()};
        return type + " " + std::string{event.at("now").at("participants").as_array().at(0).as_string()};
    }

    std::int64_t last_id() { return last_.at("id").to_number<std::int64_t>(); }

private:
    boost::asio::io_context loop_;
    websocket::stream<beast::tcp_stream> stream_;
    boost::json::object last_;
};

struct Talking : Web {
    Talking()
    {
        puppet().on_send = [this](const channel::Message& message) {
            puppet().reports(message.client_id, State::queued, 1);
        };
    }
};

BOOST_AUTO_TEST_SUITE(a_listener)

BOOST_FIXTURE_TEST_CASE(hears_each_message_and_state_in_order, Talking)
{
    Listener listener{*this, "/api/events?after=0"};
    contact_says("i1", "Hello");
    employee_sends("m1");
    puppet().reports(id_of("m1"), State::sent, 2);
    settle();

    Words heard;
    for (int i = 0; i < 5; ++i)
        heard.push_back(listener.words());
    BOOST_TEST(
        heard
            == (Words{
                "message Hello", "conversation ana", "message Hello", "state m1 queued", "state m1 sent"}),
        per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(that_comes_back_hears_what_it_missed_and_nothing_twice, Talking)
{
    std::int64_t last = 0;
    {
        Listener listener{*this, "/api/events?after=0"};
        contact_says("i1", "Hello");
        BOOST_TEST(listener.words() == "message Hello");
        BOOST_TEST(listener.words() == "conversation ana");
        last = listener.last_id();
    }
    contact_says("i2", "Missed");
    Listener again{*this, "/api/events?after=" + std::to_string(last)};
    contact_says("i3", "Live");

    BOOST_TEST(again.words() == "message Missed");
    BOOST_TEST(again.words() == "message Live");
}

BOOST_FIXTURE_TEST_CASE(that_asks_for_nothing_old_hears_only_what_is_new, Talking)
{
    contact_says("i1", "Old");
    Listener listener{*this, "/api/events"};
    BOOST_TEST(
        ask("GET", "/api/channels").status == 200U
    );  // the server has begun to feed the listener by now
    contact_says("i2", "New");

    BOOST_TEST(listener.words() == "message New");
}

BOOST_FIXTURE_TEST_CASE(of_another_site_hears_nothing, Talking)
{
    const auto refused =
        ask("GET",
            "/api/events",
            "",
            {{"Origin", "http://evil.example"},
             {"Connection", "Upgrade"},
             {"Upgrade", "websocket"},
             {"Sec-WebSocket-Version", "13"},
             {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}});
    BOOST_TEST(refused.status == 403U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
