/// A test case for each row of a table, with the row's words as its name.
#pragma once

#include <boost/test/tree/decorator.hpp>
#include <boost/test/unit_test.hpp>

namespace simulator::test {

/// Registers check(row) under row.name for every row. A static object of it stands inside a suite, like a case; the
/// table outlives the run.
class Cases {
public:
    template <class Table, class Check>
    Cases(const Table& table, const Check& check)
    {
        namespace ut = boost::unit_test;
        for (const auto& row : table)
            ut::ut_detail::auto_test_unit_registrar(
                ut::make_test_case([&row, check] { check(row); }, row.name, __FILE__, __LINE__),
                ut::decorator::collector_t::instance()
            );
    }
};

}  // namespace simulator::test
