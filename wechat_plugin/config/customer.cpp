#include "config/customer.hpp"

#include "base/utf8.hpp"
#include "config/described_keys.hpp"
#include "config/messages.hpp"
#include "config/policy_keys.hpp"
#include "config/reader.hpp"
#include "config/wechat_keys.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <tuple>
#include <utility>

namespace wechat::config {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// It names the callback's path, so that nothing in it needs escaping.
bool is_customer(std::string_view text)
{
    const auto letter_or_digit = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    return !text.empty() && text.size() <= 63 && letter_or_digit(text.front())
        && std::ranges::all_of(text, [&](char c) { return letter_or_digit(c) || c == '-'; });
}

constexpr std::array rows{
    Key<CustomerFile>{
        "customer",
        "The customer's name: 1 to 63 small letters, digits and hyphens; unique, names the callback's path.",
        [](const Reader& in, CustomerFile& file) {
            take(
                file.customer,
                in.text("a name of small letters, digits and hyphens such as harbour-bank", is_customer)
            );
            file.rules.customer = file.customer.str();
        },
        true,
    },
    Key<CustomerFile>{
        "enabled",
        "Whether the customer is served; false: the file is checked, and nothing more.",
        [](const Reader& in, CustomerFile& file) { take(file.enabled, in.flag()); },
    },
    Key<CustomerFile>{
        "wechat",
        "The WeChat official account.",
        [](const Reader& in, CustomerFile& file) { read_wechat(in, file.wechat); },
        true,
    },
    Key<CustomerFile>{
        "policy",
        "What may be said, how much and when.",
        [](const Reader& in, CustomerFile& file) { read_policy(in, file.rules); },
    },
    Key<CustomerFile>{
        "locale",
        "Locale of the automatic texts: en and zh-Hans are built in; any other one needs all its texts under "
        "messages.",
        [](const Reader& in, CustomerFile& file) {
            take(file.locale, in.text("a locale such as en or zh-Hans", is_locale));
        },
    },
    Key<CustomerFile>{
        "messages",
        "Automatic texts by locale, ICU MessageFormat; one left out is the built-in one, null sends none.",
        [](const Reader&, CustomerFile&) {},  // read_messages, once all else is known
    },
};

// Where each stands, for what is found only beside other files.
struct Places {
    std::size_t customer = 0;
    std::size_t app_id = 0;
};

struct Read {
    Reading reading;
    Source source;
    Places places = {};
};

// A fault of the bytes, before anybody reads YAML.
std::optional<std::pair<std::size_t, std::string>> unreadable(std::string_view text)
{
    for (std::size_t line = 0; line < text.size();) {
        const auto end = std::min(text.find('\n', line), text.size());
        const auto words = text.substr(line, end - line);
        if (!valid_utf8(words))
            return std::pair{line, std::string{"this line is not UTF-8"}};
        const auto* const control = std::ranges::find_if(words, [](char c) {
            return (static_cast<unsigned char>(c) < 0x20U && c != '\t' && c != '\r') || c == '\x7F';
        });
        if (control != words.end())
            return std::pair{
                line + static_cast<std::size_t>(control - words.begin()), std::string{"a control character"}};
        line = end + 1;
    }
    return std::nullopt;
}

void read_into(Read& read)
{
    auto& [reading, source, places] = read;
    if (const auto fault = unreadable(source.text())) {
        reading.complaints.push_back(source.complaint(fault->first, "file", fault->second));
        return;
    }
    const auto root = read_document(source, reading.complaints);
    if (!root)
        return;
    places = {root->nearest({"customer"}).at, root->nearest({"wechat", "app_id"}).at};
    CustomerFile file;
    const Reader in{source, *root, reading.complaints};
    in.keys(std::span<const Key<CustomerFile>>{rows}, file);
    read_messages(in, file);
    file.rules.supported = file.wechat.can_send;
    check_rules(in, file.rules);
    std::ranges::stable_sort(reading.complaints, {}, [](const Complaint& complaint) {
        return std::pair{complaint.line, complaint.column};
    });
    if (reading.complaints.empty())
        reading.customer = std::move(file);
}

Read read_text(std::string_view yaml, const std::string& file)
{
    if (yaml.starts_with(byte_order_mark))
        yaml.remove_prefix(byte_order_mark.size());
    if (yaml.size() > file_limit) {
        Read read{.reading = {.file = file}, .source = {file, {}}};
        read.reading.complaints.push_back(
            read.source.complaint(0, "file", "larger than " + std::to_string(file_limit) + " bytes")
        );
        return read;
    }
    Read read{.reading = {.file = file}, .source = {file, yaml}};
    read_into(read);
    return read;
}

Read read_file(const std::filesystem::path& path)
{
    std::error_code unseen;
    const bool regular = std::filesystem::is_regular_file(path, unseen);  // a pipe would be waited for
    std::ifstream bytes;
    if (regular)
        bytes.open(path, std::ios::binary);
    std::string text(file_limit + byte_order_mark.size() + 1, '\0');
    bytes.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (!bytes.is_open() || bytes.bad()) {
        Read read{.reading = {.file = path.string()}, .source = {path.string(), {}}};
        read.reading.complaints.push_back(
            read.source.complaint(0, "file", regular ? "cannot be read" : "does not exist or is no file")
        );
        return read;
    }
    text.resize(static_cast<std::size_t>(bytes.gcount()));
    return read_text(text, path.string());
}

// Complains in every file whose value stands in another one, too, and names the first other.
void refuse_twins(std::vector<Read*>& good, std::size_t Places::*place, std::string_view what, auto value_of)
{
    std::multimap<std::string, Read*> by_value;
    for (auto* const read : good)
        by_value.emplace(value_of(*read->reading.customer), read);
    for (auto* const read : good) {
        const auto [first, last] = by_value.equal_range(value_of(*read->reading.customer));
        const auto other = std::find_if(first, last, [&](const auto& entry) { return entry.second != read; });
        if (other == last)
            continue;
        read->reading.complaints.push_back(read->source.complaint(
            read->places.*place,
            "conflict",
            "this " + std::string{what} + " stands in " + other->second->reading.file + ", too"
        ));
    }
}

void append(std::vector<DescribedKey>& all, const std::string& path, const auto& table)
{
    for (const auto& key : table)
        all.push_back({path + std::string{key.name}, key.sentence, key.required});
}

}  // namespace

Reading read_customer(std::string_view yaml, const std::filesystem::path& file)
{
    return read_text(yaml, file.string()).reading;
}

std::vector<Reading> read_customers(const std::vector<std::filesystem::path>& files)
{
    std::vector<Read> all;
    std::ranges::transform(files, std::back_inserter(all), read_file);
    std::vector<Read*> good;
    for (auto& read : all)
        if (read.reading.customer)
            good.push_back(&read);
    refuse_twins(good, &Places::customer, "name", [](const CustomerFile& file) {
        return file.customer.str();
    });
    refuse_twins(good, &Places::app_id, "app_id", [](const CustomerFile& file) {
        return file.wechat.app_id.str();
    });

    std::vector<Reading> readings;
    for (auto& [reading, source, places] : all) {
        if (!reading.complaints.empty())
            reading.customer.reset();
        readings.push_back(std::move(reading));
    }
    return readings;
}

std::vector<DescribedKey> described_keys()
{
    std::vector<DescribedKey> all;
    append(all, "", rows);
    append(all, "wechat.", wechat_keys());
    append(all, "policy.", policy_keys());
    append(all, "policy.platform.", platform_keys());
    append(all, "policy.queue.", queue_keys());
    append(all, "messages.*.", locale_keys());
    append(all, "messages.*.contact.", contact_keys());
    append(all, "messages.*.employee.", employee_keys());
    return all;
}

std::string to_string(const Complaint& complaint)
{
    return complaint.file + ":" + std::to_string(complaint.line) + ":" + std::to_string(complaint.column)
         + ": error: " + complaint.text;
}

}  // namespace wechat::config
