// Every way to be no channel is a sentence with a remedy, told before any code of the file has run where possible.
#include "plugin_api/stage.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace fs = std::filesystem;

namespace {

struct Folder {
    Folder() { fs::create_directories(path); }
    ~Folder() { fs::remove_all(path); }

    fs::path write(const std::string& name, const std::string& bytes) const
    {
        std::ofstream(path / name, std::ios::binary) << bytes;
        return path / name;
    }
    fs::path path = fs::temp_directory_path() / ("loader-" + std::to_string(::getpid()));
};

const fs::path files = LOADER_FILES;

std::string bytes_of(const fs::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream bytes;
    bytes << stream.rdbuf();
    return bytes.str();
}

/// The code of the refusal; its text must name the file and say what to do.
std::string refusal(const fs::path& file, const std::string& remedy, const std::vector<std::string>& offered = {})
{
    try {
        (void)channel::Library::load(file, offered);
        return "loaded";
    } catch (const channel::Error& error) {
        BOOST_TEST(error.text().find(file.filename().string()) != std::string::npos, error.text());
        BOOST_TEST(error.text().find(remedy) != std::string::npos, error.text());
        BOOST_TEST((error.status() == channel::Status::refused));
        return error.code();
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_file_is_refused)

BOOST_AUTO_TEST_CASE(that_does_not_exist)
{
    BOOST_TEST(refusal(files / "nowhere.so", "check the path") == "missing_file");
}

BOOST_FIXTURE_TEST_CASE(that_is_a_directory, Folder)
{
    BOOST_TEST(refusal(path, "give the channel's .so file") == "not_a_file");
}

BOOST_FIXTURE_TEST_CASE(that_is_a_text, Folder)
{
    BOOST_TEST(refusal(write("text.so", "GROUP ( libother.so )\n"), "add_channel_plugin()") == "not_elf");
    BOOST_TEST(refusal(write("empty.so", ""), "add_channel_plugin()") == "not_elf");
}

BOOST_FIXTURE_TEST_CASE(that_is_built_for_32_bit, Folder)
{
    std::string header(52, '\0');
    header.replace(0, 7, "\x7f" "ELF\x01\x01\x01");
    BOOST_TEST(refusal(write("small.so", header), "build it for 64 bit") == "not_64_bit");
}

BOOST_FIXTURE_TEST_CASE(that_is_built_for_another_machine, Folder)
{
    auto bytes = bytes_of(files / "plain_c.so");
    bytes[offsetof(Elf64_Ehdr, e_machine)] = 2;  // EM_SPARC
    bytes[offsetof(Elf64_Ehdr, e_machine) + 1] = 0;
    BOOST_TEST(refusal(write("other.so", bytes), "build it on this one") == "other_machine");
}

BOOST_FIXTURE_TEST_CASE(that_is_no_shared_library, Folder)
{
    auto bytes = bytes_of(files / "plain_c.so");
    bytes[offsetof(Elf64_Ehdr, e_type)] = ET_REL;
    BOOST_TEST(refusal(write("object.so", bytes), "add_channel_plugin()") == "not_shared");
}

// Wherever it ends: in its headers, in a segment, in the table of sections.
BOOST_FIXTURE_TEST_CASE(that_was_copied_in_part, Folder)
{
    const auto bytes = bytes_of(files / "plain_c.so");
    for (const std::size_t size : {std::size_t{16}, std::size_t{63}, std::size_t{100}, bytes.size() / 2, bytes.size() - 1})
        BOOST_TEST(refusal(write("part.so", bytes.substr(0, size)), "copy it again") == "truncated", size);
}

BOOST_AUTO_TEST_CASE(that_shares_a_cxx_runtime)
{
    BOOST_TEST(refusal(files / "shared_runtime.so", "link it with add_channel_plugin()") == "shared_runtime");
}

BOOST_AUTO_TEST_CASE(that_needs_what_is_nowhere)
{
    BOOST_TEST(refusal(files / "undefined.so", "defined_nowhere") == "not_loadable");
}

BOOST_AUTO_TEST_CASE(that_has_no_entry)
{
    BOOST_TEST(refusal(files / "no_symbol.so", "write CHANNEL_PLUGIN") == "no_symbol");
}

BOOST_AUTO_TEST_CASE(that_only_links_a_channel, *boost::unit_test::label("E14"))
{
    BOOST_TEST(refusal(files / "links_a_channel.so", "libloader_dependency.so") == "symbol_of_dependency");
}

BOOST_AUTO_TEST_CASE(whose_entry_is_no_channel)
{
    BOOST_TEST(refusal(files / "wrong_magic.so", "CHANNEL_PLUGIN") == "not_a_channel");
    BOOST_TEST(refusal(files / "other_major.so", "build it with this host's headers") == "other_major");
    BOOST_TEST(refusal(files / "too_short.so", "build it with a released abi.h") == "too_short");
    BOOST_TEST(refusal(files / "without_version.so", "fill all that abi.h names") == "incomplete");
}

BOOST_AUTO_TEST_CASE(that_needs_an_extension_which_the_host_lacks)
{
    BOOST_TEST(refusal(files / "needs_more.so", "com.example.archive/1") == "missing_extension");
    BOOST_TEST(refusal(files / "needs_more.so", "", {"com.example.archive/1"}) == "loaded");
}

// It has run its constructors and stays; the second answer must not be another one.
BOOST_AUTO_TEST_CASE(a_second_time_for_the_same_reason)
{
    BOOST_TEST(refusal(files / "no_symbol.so", "write CHANNEL_PLUGIN") == "no_symbol");
    BOOST_TEST(refusal(files / "no_symbol.so", "write CHANNEL_PLUGIN") == "no_symbol");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_channel_in_plain_c)

BOOST_AUTO_TEST_CASE(is_loaded_and_sends)
{
    const auto library = channel::Library::load(files / "plain_c.so");
    stage::Stage stage(library);
    stage.run();

    stage.instance.send(stage.message("m1"));

    BOOST_TEST(library.type() == "plain");
    BOOST_TEST_REQUIRE(stage.desk.reports().size() == 1U);
    BOOST_TEST((stage.desk.reports()[0].first.state == channel::State::sent));
    BOOST_TEST(stage.desk.reports()[0].first.client_id == "m1");
    BOOST_TEST(stage.desk.misbehaviours() == stage::Desk::Logs{}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(with_a_longer_entry_than_ours_is_welcome, *boost::unit_test::label("E16"))
{
    BOOST_TEST(channel::Library::load(files / "longer.so").type() == "plain");
}

BOOST_AUTO_TEST_CASE(says_how_busy_it_is_by_its_own_member_only)
{
    stage::Stage stage(channel::Library::load(files / "plain_c.so"));

    BOOST_TEST((stage.instance.busy() == std::optional<std::uint64_t>(0)));
}

BOOST_AUTO_TEST_CASE(without_extensions_refuses_their_functions)
{
    stage::Stage stage(channel::Library::load(files / "plain_c.so"));
    stage.run();

    const auto call = [&] { stage.instance.participants("a", "c", {}, [](const channel::Result&) {}); };
    BOOST_TEST(stage.thrown(call) == "-3 unsupported plain has no channel.participants/1");
}

BOOST_AUTO_TEST_CASE(the_same_path_gives_the_same_library)
{
    const auto first = channel::Library::load(files / "plain_c.so");
    const auto again = channel::Library::load(files / "." / "plain_c.so");

    BOOST_TEST(&first.plugin() == &again.plugin());
}

BOOST_AUTO_TEST_SUITE_END()
