#include "rows.hpp"

#include "files.hpp"

#include <channel/convert.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <initializer_list>
#include <optional>

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::hours remembered{7 * 24};
constexpr std::uintmax_t row_most = 4 * channel::text_bytes_max;

// A row is a sequence of netstrings, SIZE:BYTES, in the order of these two functions.
void put(std::string& all, std::string_view field)
{
    all += std::to_string(field.size()) + ':';
    all += field;
}

std::optional<std::string_view> take(std::string_view& all)
{
    std::size_t size = 0;
    const auto [end, fault] = std::from_chars(all.data(), all.data() + all.size(), size);
    const auto begin = static_cast<std::size_t>(end - all.data()) + 1;
    if (fault != std::errc{} || begin > all.size() || size > all.size() - begin)
        return std::nullopt;
    const auto field = all.substr(begin, size);
    all.remove_prefix(begin + size);
    return field;
}

std::string written(const Row& row)
{
    const auto& last = row.last;
    std::string all;
    for (const auto number :
         {std::int64_t{static_cast<std::int32_t>(last.state)},
          static_cast<std::int64_t>(last.revision),
          channel::ms_of(last.happened),
          static_cast<std::int64_t>(row.settled),
          static_cast<std::int64_t>(row.place)})
        put(all, std::to_string(number));
    for (const auto* text :
         {&last.client_id, &last.reason, &last.text, &row.account, &row.contact, &row.text})
        put(all, *text);
    return all;
}

std::optional<Row> read(std::string_view all)
{
    std::int64_t numbers[5] = {};
    for (auto& number : numbers) {
        const auto field = take(all);
        if (!field || std::from_chars(field->data(), field->data() + field->size(), number).ec != std::errc{})
            return std::nullopt;
    }
    Row row;
    row.last.state = static_cast<channel::State>(numbers[0]);
    row.last.revision = static_cast<std::uint64_t>(numbers[1]);
    row.last.happened = channel::time_of(numbers[2]);
    row.settled = static_cast<std::uint64_t>(numbers[3]);
    row.place = static_cast<std::uint64_t>(numbers[4]);
    for (auto* text :
         {&row.last.client_id, &row.last.reason, &row.last.text, &row.account, &row.contact, &row.text}) {
        const auto field = take(all);
        if (!field)
            return std::nullopt;
        *text = std::string(*field);
    }
    return row;
}

}  // namespace

std::vector<Row> Rows::load(channel::Time now) const
{
    std::vector<Row> rows;
    for (const auto& file : files_of(directory_)) {
        auto row = read(read_file(file, row_most));
        if (!row)
            throw std::runtime_error(file.string() + " is no row of this channel's store");
        if (!row->waits() && row->settled == row->last.revision && row->last.happened + remembered < now)
            fs::remove(file);
        else
            rows.push_back(std::move(*row));
    }
    std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.place < b.place; });
    return rows;
}

void Rows::save(const Row& row) const
{
    const auto file = directory_ / file_name(row.last.client_id);
    fs::create_directories(file.parent_path());
    write_durably(file, written(row));
}
