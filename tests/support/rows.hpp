/// A table of a document as test cases, each named by its row: `--list_content` prints the table.
#pragma once

#include <boost/test/unit_test.hpp>

#include <string>

namespace wechat {

/// Registers a case per row in the suite in which it stands; row.name is the row as the document has it.
///
///     const bool registered = one_case_per_row(rows, [](const Row& row) { BOOST_TEST(...); });
template <class Rows, class Check>
bool one_case_per_row(const Rows& rows, const Check& check)
{
    for (const auto& row : rows) {
        auto* const one = boost::unit_test::make_test_case(
            [row, check] { check(row); }, std::string{row.name}, __FILE__, __LINE__
        );
        boost::unit_test::framework::current_auto_test_suite().add(one);
    }
    return true;
}

}  // namespace wechat
