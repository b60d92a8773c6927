export default "h-48"
