#include "reloads.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>

namespace host {
namespace {

namespace json = boost::json;

json::value parsed(std::string_view text)
{
    json::error_code broken;
    auto value = json::parse({text.data(), text.size()}, broken);
    return broken ? json::value{} : value;
}

std::string text_in(const json::object& object, std::string_view name)
{
    const auto* const found = object.if_contains({name.data(), name.size()});
    return found && found->is_string() ? std::string{found->as_string()} : std::string{};
}

std::int64_t number_in(const json::object& object, std::string_view name)
{
    const auto* const found = object.if_contains({name.data(), name.size()});
    return found && found->is_int64() ? found->as_int64() : 0;
}

struct Fault {
    std::string file, words;
};

std::vector<Fault> faults_in(const channel::Result& result)
{
    const auto value = parsed(result.json);
    std::vector<Fault> faults;
    if (const auto* const error = value.if_object())
        faults.push_back({"", text_in(*error, "text")});
    const auto* const list = value.if_array();
    for (const auto& item : list ? *list : json::array{}) {
        const auto* const finding = item.if_object();
        const auto level = finding ? text_in(*finding, "level") : std::string{};
        if (level != "error" && (!finding || number_in(*finding, "level") != CHANNEL_LOG_ERROR))
            continue;
        const auto file = text_in(*finding, "file");
        auto place = file.empty() ? std::string{}
                                  : file + ":" + std::to_string(number_in(*finding, "line")) + ":"
                                        + std::to_string(number_in(*finding, "column")) + ": ";
        faults.push_back({file, std::move(place) + text_in(*finding, "text")});
    }
    if (faults.empty() && !result)
        faults.push_back({"", "refused without a reason"});
    return faults;
}

// What is no fault: what has changed.
std::vector<Fault> notes_in(const channel::Result& result)
{
    const auto value = parsed(result.json);
    const auto* const list = value.if_array();
    std::vector<Fault> notes;
    for (const auto& item : list ? *list : json::array{}) {
        const auto* const finding = item.if_object();
        if (finding && (text_in(*finding, "level") == "info" || number_in(*finding, "level") == CHANNEL_LOG_INFO))
            notes.push_back({text_in(*finding, "file"), text_in(*finding, "text")});
    }
    return notes;
}

struct Customer {
    std::string name, file;  // file: empty where the channel does not say
};

std::vector<Customer> customers_in(std::string_view config)
{
    std::vector<Customer> customers;
    const auto value = parsed(config);
    const auto* const object = value.if_object();
    const auto* const found = object ? object->if_contains("customers") : nullptr;
    const auto* const list = found ? found->if_array() : nullptr;
    for (const auto& item : list ? *list : json::array{}) {
        if (item.is_string())
            customers.push_back({std::string{item.as_string()}, ""});
        else if (const auto* const customer = item.if_object())
            customers.push_back({text_in(*customer, "customer"), text_in(*customer, "file")});
    }
    return customers;
}

// Whose file it is; of a file that nobody is known for, as one that was refused from the start: its own name.
std::string owner_of(const std::string& file, const std::vector<Customer>& customers)
{
    const auto name = std::filesystem::path{file}.filename();
    for (const auto& customer : customers) {
        if (!customer.file.empty() && std::filesystem::path{customer.file}.filename() == name)
            return customer.name;
    }
    return name.stem().string();
}

}  // namespace

std::vector<std::string> errors_in(const channel::Result& findings)
{
    std::vector<std::string> words;
    for (const auto& fault : faults_in(findings))
        words.push_back(fault.words);
    return words;
}

std::vector<CustomerReload>
reloads_of(std::string_view channel, std::string_view config, const channel::Result& findings)
{
    std::map<std::string, CustomerReload> by_customer;
    const auto customers = customers_in(config);
    for (const auto& customer : customers)
        by_customer[customer.name].customer = customer.name;
    for (const auto& fault : faults_in(findings)) {
        const auto name = fault.file.empty() ? std::string{channel} : owner_of(fault.file, customers);
        auto& reload = by_customer[name];
        reload.customer = name;
        reload.ok = false;
        reload.errors.push_back(fault.words);
    }
    for (const auto& note : notes_in(findings)) {
        const auto name = note.file.empty() ? std::string{channel} : owner_of(note.file, customers);
        by_customer[name].customer = name;
        by_customer[name].notes.push_back(note.words);
    }
    if (by_customer.empty())
        by_customer[std::string{channel}].customer = channel;
    std::vector<CustomerReload> all;
    for (auto& [name, reload] : by_customer)
        all.push_back(std::move(reload));
    return all;
}

}  // namespace host
