// The files that customers copy from.
#include "config/document.hpp"
#include "sample.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

using namespace wechat;
using namespace wechat::config;

namespace {

std::string shipped(const std::string& name)
{
    std::ifstream file{std::filesystem::path{PROJECT_SOURCE_DIR "/config"} / name, std::ios::binary};
    std::ostringstream text;
    text << file.rdbuf();
    BOOST_TEST_REQUIRE(file.is_open(), name);
    return text.str();
}

constexpr std::array locales{"en", "zh-Hans"};

template <class Text, std::size_t count>
void check_equal(const Node& section, const char* locale)
{
    BOOST_TEST(section.entries.size() == count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto text = static_cast<Text>(i);
        const auto* const node = section.find(name_of(text));
        BOOST_TEST_REQUIRE(node != nullptr, name_of(text));
        BOOST_TEST(node->text == *texts::built_in_pattern(locale, text), locale << ' ' << name_of(text));
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_shipped_files)

BOOST_DATA_TEST_CASE(messages_are_the_built_in_ones, locales)
{
    const Source source{"messages", shipped("messages/" + std::string{sample} + ".yaml")};
    Complaints complaints;
    const auto root = read_document(source, complaints);
    BOOST_TEST_REQUIRE(root.has_value());

    check_equal<texts::ContactText, texts::contact_texts>(
        root->nearest({"messages", sample, "contact"}), sample
    );
    check_equal<texts::EmployeeText, texts::employee_texts>(
        root->nearest({"messages", sample, "employee"}), sample
    );
}

BOOST_DATA_TEST_CASE(messages_can_be_copied_into_a_customers_file, locales)
{
    const auto more =
        "locale: " + std::string{sample} + "\n" + shipped("messages/" + std::string{sample} + ".yaml");

    BOOST_TEST(with_account(more) == Lines{}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_demo_customer_is_good)
{
    const auto reading = read_customer(shipped("customers/harbour-bank.yaml"), "harbour-bank.yaml");

    BOOST_TEST(lines_of(reading) == Lines{}, boost::test_tools::per_element());
    BOOST_TEST(reading.customer.value().customer.str() == "harbour-bank");
}

BOOST_AUTO_TEST_SUITE_END()
