#include "settings.hpp"

#include <boost/json/src.hpp>  // the library's functions, in this one file: nothing to link

#include <fstream>
#include <iterator>

namespace {

namespace json = boost::json;

class Reader {
public:
    explicit Reader(const channel::Settings& given) : base_dir_(given.base_dir)
    {
        json::error_code fault;
        auto value = json::parse(given.json, fault);
        if (!fault && value.is_object())
            members_ = std::move(value.as_object());
        else
            complain("not_an_object", "the settings are no JSON object");
    }

    /// A member as text; taken out, so that what is left in the end is unknown. Empty: there is none.
    std::string text(std::string_view name)
    {
        const auto* const found = members_.if_contains(name);
        if (found == nullptr)
            return {};
        std::string text;
        if (found->is_string() && !found->as_string().empty())
            text = std::string(found->as_string());
        else
            complain("no_text", std::string(name) + " must be a text");
        members_.erase(name);
        return text;
    }

    std::string key_in(const std::string& name)
    {
        const auto file = base_dir_ / name;
        std::ifstream stream(file);
        std::string key{std::istreambuf_iterator<char>(stream), {}};
        key.erase(key.find_last_not_of(" \r\n") + 1);
        if (key.empty())
            findings_.push_back(
                {.file = file.string(), .line = 1, .code = "no_key", .text = "the file holds no key"}
            );
        return key;
    }

    void complain(std::string code, std::string text)
    {
        findings_.push_back({.code = std::move(code), .text = std::move(text)});
    }

    std::vector<channel::Finding> findings()
    {
        for (const auto& member : members_)
            complain("unknown_key", "unknown key " + std::string(member.key()));
        return findings_;
    }

    [[nodiscard]] const std::filesystem::path& base_dir() const { return base_dir_; }

private:
    std::filesystem::path base_dir_;
    json::object members_;
    std::vector<channel::Finding> findings_;
};

}  // namespace

SpoolReading read_settings(const channel::Settings& given)
{
    Reader reader(given);
    SpoolReading reading;
    const auto directory = reader.text("directory");
    if (directory.empty())
        reader.complain("no_directory", "directory says where letters are exchanged");
    reading.settings.directory = (reader.base_dir() / directory).lexically_normal();
    if (const auto key_file = reader.text("key_file"); !key_file.empty())
        reading.settings.key = reader.key_in(key_file);
    reading.findings = reader.findings();
    return reading;
}
