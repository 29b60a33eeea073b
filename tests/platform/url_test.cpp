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

namespace {

const std::vector<Good> good_files{
    {"http://mmbiz.qpic.cn/1", false, "mmbiz.qpic.cn", "80", "/1", "mmbiz.qpic.cn"},
    {"https://h:8443/a/b.mp4?c=d&e=%20", true, "h", "8443", "/a/b.mp4?c=d&e=%20", "h:8443"},
    {"http://h", false, "h", "80", "/", "h"},
    {"http://h/", false, "h", "80", "/", "h"},
    {"http://h?x=1", false, "h", "80", "/?x=1", "h"},
    {"http://h/a#top", false, "h", "80", "/a", "h"},
    {"http://h#top", false, "h", "80", "/", "h"},
    {"http://h/a@b:c?d=e@f/g", false, "h", "80", "/a@b:c?d=e@f/g", "h"},
    {"http://10.0.0.1/a//b/", false, "10.0.0.1", "80", "/a//b/", "10.0.0.1"},
    {"https://[2001:db8::1]:8443/a", true, "2001:db8::1", "8443", "/a", "[2001:db8::1]:8443"},
};

const std::vector<const char*> bad_files{
    "",
    "h/a",
    "ftp://h/a",
    "file:///etc/passwd",
    "HTTP://h/a",
    "http://",
    "http:///a",
    "http://?a",
    "http://#a",
    "http://:80/a",
    "http://h:/a",
    "http://h:0/a",
    "http://h:65536/a",
    "http://h:80:80/a",
    "http://user@h/a",
    "http://user:word@h/a",
    "http://h/a b",
    "http://h/\ta",
    "http://h/a\r\nX: 1",
    "http://h\r\nX: 1/",
    "http://h/\x7F",
    "http://h/\xC3\xA4",
    "http://[::1/a",
    "http://[h]/a",
    "http://h]/a",
};

}  // namespace

BOOST_AUTO_TEST_SUITE(urls_of_files)

BOOST_DATA_TEST_CASE(a_good_one_is_taken_apart, good_files, good)
{
    const auto url = read_file_url(good.text);

    BOOST_TEST_REQUIRE(url.has_value());
    BOOST_TEST(url->tls == good.tls);
    BOOST_TEST(url->host == good.host);
    BOOST_TEST(url->port == good.port);
    BOOST_TEST(url->path == good.path);
    BOOST_TEST(authority(*url) == good.authority);
}

BOOST_DATA_TEST_CASE(a_bad_one_is_refused, bad_files, text)
{
    const auto url = read_file_url(text);

    BOOST_TEST_REQUIRE(!url.has_value());
    BOOST_TEST((url.error().code == errc::bad_url));
}

BOOST_AUTO_TEST_SUITE_END()

namespace {

std::vector<std::string> hosts_of(const char* text)
{
    std::vector<std::string> hosts;
    for (const auto& url : with_stand_ins(read_url(text).value()))
        hosts.push_back(authority(url) + url.path);
    return hosts;
}
using Hosts = std::vector<std::string>;

}  // namespace

// wechat-protocol.md 7: api (nearest), api2, sh, sz, hk; a token is good on every one of them.
BOOST_AUTO_TEST_SUITE(hosts)

BOOST_AUTO_TEST_CASE(of_the_platform_stand_in_for_one_another)
{
    BOOST_TEST(
        hosts_of("https://api.weixin.qq.com")
            == (Hosts{
                "api.weixin.qq.com",
                "api2.weixin.qq.com",
                "sh.api.weixin.qq.com",
                "sz.api.weixin.qq.com",
                "hk.api.weixin.qq.com"}),
        boost::test_tools::per_element()
    );
}

BOOST_AUTO_TEST_CASE(that_a_customer_has_named_comes_first_and_stands_once)
{
    const auto hosts = hosts_of("https://hk.api.weixin.qq.com");

    BOOST_TEST(hosts.size() == 5U);
    BOOST_TEST(hosts.front() == "hk.api.weixin.qq.com");
    BOOST_TEST(std::ranges::count(hosts, "hk.api.weixin.qq.com") == 1);
}

BOOST_AUTO_TEST_CASE(keep_port_and_path_and_tls)
{
    BOOST_TEST(hosts_of("https://api.weixin.qq.com:8443/a").back() == "hk.api.weixin.qq.com:8443/a");
    for (const auto& url : with_stand_ins(read_url("https://api.weixin.qq.com").value()))
        BOOST_TEST(url.tls);
}

BOOST_AUTO_TEST_CASE(of_others_stand_alone)
{
    BOOST_TEST(
        hosts_of("http://127.0.0.1:9300") == Hosts{"127.0.0.1:9300"}, boost::test_tools::per_element()
    );
    BOOST_TEST(
        hosts_of("https://proxy.example/wechat") == Hosts{"proxy.example/wechat"},
        boost::test_tools::per_element()
    );
    BOOST_TEST(hosts_of("https://api.weixin.qq.com.example").size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
