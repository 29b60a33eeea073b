#include "base/secret.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <new>
#include <sstream>
#include <type_traits>
#include <utility>

using namespace wechat;

namespace {

template <class T>
concept printable = requires(std::ostream& out, const T& value)
{
    out << value;
};
static_assert(!printable<Secret>, "who wants to see one must say reveal()");
static_assert(!std::is_convertible_v<Secret, std::string>);

// Whether the words still stand somewhere in a secret's own bytes, short as it is.
bool holds(const std::array<char, sizeof(Secret)>& memory, std::string_view words)
{
    return std::ranges::search(memory, words).begin() != memory.end();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_secret)

BOOST_AUTO_TEST_CASE(is_there_for_who_asks)
{
    const Secret secret{"s3cret"};

    BOOST_TEST(secret.reveal() == "s3cret");
    BOOST_TEST(!secret.empty());
    BOOST_TEST((secret == Secret{"s3cret"}));
    BOOST_TEST((secret != Secret{"other"}));
}

BOOST_AUTO_TEST_CASE(is_wiped_when_it_goes)
{
    // Short enough to live inside the object: its memory is ours to look at afterwards.
    alignas(Secret) std::array<char, sizeof(Secret)> memory{};
    auto* const secret = new (memory.data()) Secret{"s3cret-words"};
    BOOST_TEST_REQUIRE(holds(memory, "s3cret-words"));

    secret->~Secret();

    BOOST_TEST(!holds(memory, "3cret"));
}

BOOST_AUTO_TEST_CASE(moves_without_leaving_itself_behind)
{
    Secret from{"s3cret"};
    const Secret to{std::move(from)};

    BOOST_TEST(to.reveal() == "s3cret");
    BOOST_TEST(from.empty());  // NOLINT(bugprone-use-after-move): that is what is tested

    Secret assigned{"older"};
    Secret source{"newer"};
    assigned = std::move(source);
    BOOST_TEST(assigned.reveal() == "newer");
    BOOST_TEST(source.empty());  // NOLINT(bugprone-use-after-move)
}

BOOST_AUTO_TEST_CASE(survives_being_assigned_to_itself)
{
    Secret secret{"s3cret"};
    auto& same = secret;
    secret = same;

    BOOST_TEST(secret.reveal() == "s3cret");
}

BOOST_AUTO_TEST_CASE(takes_even_what_is_long)
{
    const std::string text(5000, 's');

    BOOST_TEST(Secret{text}.reveal() == text);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(wiping)

BOOST_AUTO_TEST_CASE(overwrites_every_byte_and_no_other)
{
    std::array<char, 6> bytes{'a', 'b', 'c', 'd', 'e', 'f'};

    wipe(bytes.data() + 1, 4);
    wipe(nullptr, 0);

    BOOST_TEST((bytes == std::array<char, 6>{'a', 0, 0, 0, 0, 'f'}));
}

BOOST_AUTO_TEST_SUITE_END()
