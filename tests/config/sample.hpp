/// What the tests of customers' files share: a good file, and its complaints as lines.
#pragma once

#include "config/customer.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace wechat::config {

inline constexpr std::string_view account = R"(customer: harbour-bank
wechat:
  app_id: wx0123456789abcdef
  app_secret: secret-of-the-app
  token: sometoken
  encoding_aes_key: abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG
)";  // six lines; what a test adds starts in line 7

inline std::string account_and(std::string_view more)
{
    std::string yaml{account};
    yaml += more;
    return yaml;
}

/// "7:3: unknown key ..." for each complaint.
inline std::vector<std::string> lines_of(const Reading& reading)
{
    std::vector<std::string> lines;
    for (const auto& complaint : reading.complaints)
        lines.push_back(
            std::to_string(complaint.line) + ":" + std::to_string(complaint.column) + ": " + complaint.text
        );
    return lines;
}

inline std::vector<std::string> complaints_of(std::string_view yaml)
{
    return lines_of(read_customer(yaml, "harbour-bank.yaml"));
}

/// The same for a good account with something added.
inline std::vector<std::string> with_account(std::string_view more)
{
    return complaints_of(account_and(more));
}

inline CustomerFile customer_with(std::string_view more)
{
    auto reading = read_customer(account_and(more), "harbour-bank.yaml");
    for (const auto& complaint : reading.complaints)
        BOOST_TEST_MESSAGE(to_string(complaint));
    BOOST_TEST_REQUIRE(reading.customer.has_value());
    return *std::move(reading.customer);
}

using Lines = std::vector<std::string>;

}  // namespace wechat::config
