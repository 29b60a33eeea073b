#include "ledger.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <fcntl.h>
#include <fstream>
#include <unistd.h>

namespace conformance {

namespace json = boost::json;

namespace {

std::string text(const json::value& value)
{
    return std::string(value.as_string());
}

// A line of the file: ["sent", client_id, account, contact, sender, text], ["report", client_id, state, revision],
// ["item", id, account, contact, text].
json::array line_of(const channel::Message& message)
{
    return {
        "sent",
        message.client_id,
        message.account,
        message.contact,
        message.sender,
        message.content ? message.content->text : ""};
}

json::array line_of(const channel::Report& report)
{
    return {"report", report.client_id, static_cast<std::int32_t>(report.state), report.revision};
}

json::array line_of(const channel::Item& item)
{
    return {"item", item.id, item.account, item.contact, item.content ? item.content->text : ""};
}

}  // namespace

const channel::Report* Sent::last() const
{
    const auto found = std::ranges::max_element(reports, {}, &channel::Report::revision);
    return found == reports.end() ? nullptr : &*found;
}

Ledger::Ledger(std::filesystem::path file)
{
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        json::error_code cut_short;
        const auto value = json::parse(line, cut_short);
        if (cut_short)
            continue;
        const auto& fields = value.as_array();
        if (fields[0] == "sent")
            add(channel::Message{
                .client_id = text(fields[1]),
                .account = text(fields[2]),
                .contact = text(fields[3]),
                .sender = text(fields[4]),
                .content = channel::Content{.text = text(fields[5])}});
        if (fields[0] == "report")
            add(channel::Report{
                .state = static_cast<channel::State>(fields[2].as_int64()),
                .client_id = text(fields[1]),
                .revision = fields[3].to_number<std::uint64_t>()});
        if (fields[0] == "item")
            add(channel::Item{
                .id = text(fields[1]),
                .account = text(fields[2]),
                .contact = text(fields[3]),
                .content = channel::Content{.text = text(fields[4])}});
    }
    file_ = std::move(file);
}

void Ledger::add(const channel::Message& message)
{
    append(json::serialize(line_of(message)));
    sent_[message.client_id].message = message;
}

bool Ledger::add(const channel::Report& report)
{
    const auto found = sent_.find(report.client_id);
    if (found == sent_.end())
        return false;
    append(json::serialize(line_of(report)));
    found->second.reports.push_back(report);
    return true;
}

bool Ledger::add(const channel::Item& item)
{
    if (!by_id_.emplace(item.account + '\n' + item.id, received_.size()).second)
        return false;
    append(json::serialize(line_of(item)));
    received_.push_back(item);
    return true;
}

const Sent* Ledger::find(const std::string& client_id) const
{
    const auto found = sent_.find(client_id);
    return found == sent_.end() ? nullptr : &found->second;
}

void Ledger::append(const std::string& line)
{
    if (file_.empty())
        return;
    const int file = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const auto with_end = '\n' + line + '\n';  // after a line that was cut short, too
    [[maybe_unused]] const auto written = ::write(file, with_end.data(), with_end.size());
    ::close(file);
}

}  // namespace conformance
