#include "platform/url.hpp"

#include <boost/test/unit_test.hpp>

using namespace wechat;
using namespace wechat::platform;

namespace {

struct Good {
    const char* text;
    bool tls;
    const char* host;
    const char* port;
    const char* path;
    const char* authority;
};
std::ostream& operator<<(std::ostream& out, const Good& good)
{
    return out << good.text;
}

const std::vector<Good> good_ones{
    {"https://api.weixin.qq.com", true, "api.weixin.qq.com", "443", "", "api.weixin.qq.com"},
    {"https://api.weixin.qq.com/", true, "api.weixin.qq.com", "443", "", "api.weixin.qq.com"},
    {"https://proxy.example:8443/wechat//", true, "proxy.example", "8443", "/wechat", "proxy.example:8443"},
    {"http://127.0.0.1:9300", false, "127.0.0.1", "9300", "", "127.0.0.1:9300"},
    {"http://127.9.8.7", false, "127.9.8.7", "80", "", "127.9.8.7"},
    {"http://localhost:80/a/b", false, "localhost", "80", "/a/b", "localhost"},
    {"http://[::1]:9300", false, "::1", "9300", "", "[::1]:9300"},
    {"https://[2001:db8::1]", true, "2001:db8::1", "443", "", "[2001:db8::1]"},
    {"https://h:65535", true, "h", "65535", "", "h:65535"},
};

const std::vector<const char*> bad_ones{
    "",
    "api.weixin.qq.com",
    "ftp://h",
    "HTTPS",
    "https://",
    "https:///path",
    "https://:443",
    "https://h:",
    "https://h:0",
    "https://h:65536",
    "https://h:99999",
    "https://h:-1",
    "https://h:44x",
    "https://h:4:5",
    "https://user@h",
    "https://h?x=1",
    "https://h/a b",
    "https://h#top",
    "https://[::1",
    "https://::1",
    "https://[h]",
    "https://[::1]443",
    "https://h]",
    "https://h/\r\nX: 1",
    // Plain HTTP carries tokens and texts: for this machine alone, not for names that look like it.
    "http://api.weixin.qq.com",
    "http://10.0.0.1",
    "http://127.0.0.1.example.com",
    "http://127.example.com",
    "http://localhost.example.com",
    "http://[::2]",
    "http://0.0.0.0",
};

}  // namespace

BOOST_AUTO_TEST_SUITE(urls)

BOOST_DATA_TEST_CASE(a_good_one_is_taken_apart, good_ones, good)
{
    const auto url = read_url(good.text);

    BOOST_TEST_REQUIRE(url.has_value());
    BOOST_TEST(url->tls == good.tls);
    BOOST_TEST(url->host == good.host);
    BOOST_TEST(url->port == good.port);
    BOOST_TEST(url->path == good.path);
    BOOST_TEST(authority(*url) == good.authority);
}

BOOST_DATA_TEST_CASE(a_bad_one_is_refused, bad_ones, text)
{
    const auto url = read_url(text);

    BOOST_TEST_REQUIRE(!url.has_value());
    BOOST_TEST((url.error().code == errc::bad_url));
}

BOOST_AUTO_TEST_SUITE_END()
