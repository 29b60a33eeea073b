#include "media.hpp"
#include "stage.hpp"

#include <fstream>

namespace {

using namespace host;
using host::test::TemporaryFolder;

BOOST_AUTO_TEST_SUITE(a_file)

BOOST_AUTO_TEST_CASE(is_kept_under_a_name_of_ours_whatever_its_own)
{
    const TemporaryFolder folder;
    const auto given = folder.path() / "..odd name;.jpg";
    std::ofstream{given} << "x";
    const auto kept = keep_file(folder.path() / "media", "owner", given);

    BOOST_TEST(kept.size() == 20U);
    BOOST_TEST(kept.ends_with(".jpg"));
    BOOST_TEST(keep_file(folder.path() / "media", "owner", given) == kept);
    BOOST_TEST(keep_file(folder.path() / "media", "other", given) != kept);
}

BOOST_AUTO_TEST_CASE(has_no_extension_that_a_page_or_a_path_could_take_for_more)
{
    const TemporaryFolder folder;
    for (const auto* extension : {"./../x", ".a b", ".abcdefghijk", ".<svg>"}) {
        const auto kept = keep_bytes(folder.path(), "owner", extension, "x");
        BOOST_TEST(kept.size() == 16U, extension);
    }
    BOOST_TEST(keep_bytes(folder.path(), "owner", ".wav", "x").ends_with(".wav"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
