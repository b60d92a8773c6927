export default "h-[21.25rem]"
